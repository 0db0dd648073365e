/** The keyboard goes where one writes when what had it is gone. */
export function focusWritingPlace(): void {
  document.querySelector<HTMLElement>('#conversation textarea')?.focus()
}
