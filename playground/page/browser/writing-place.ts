/** Focuses the message box when the focused element is gone. */
export function focusWritingPlace(): void {
  document.querySelector<HTMLElement>('#conversation textarea')?.focus()
}
