import { html } from 'htm/preact'
import type { ComponentChildren, VNode } from 'preact'
import { useId, useState } from 'preact/hooks'
import { useAtControl } from './at-control.ts'

type MenuProps<T> = {
  choices: T[]
  draw: (choice: T) => ComponentChildren
  onChoose: (choice: T) => void
}

/** A button with a short list of further actions, which closes when one looks elsewhere. */
export function Menu<T>({ choices, draw, onChoose }: MenuProps<T>): VNode {
  const [open, setOpen] = useState(false)
  const id = useId()
  const list = useAtControl<HTMLUListElement>(open)
  return html`<span
    class="bk-overflow"
    onFocusOut=${({ currentTarget, relatedTarget }: FocusEvent) => {
      const inside = currentTarget instanceof Node && relatedTarget instanceof Node
      if (!(inside && currentTarget.contains(relatedTarget))) setOpen(false)
    }}
    onKeyDown=${(event: KeyboardEvent) => {
      if (!open || event.key !== 'Escape') return
      event.preventDefault()
      event.stopPropagation()
      setOpen(false)
    }}
  >
    <button
      type="button"
      class="bk-button"
      aria-label="More actions"
      title="More actions"
      aria-expanded=${open}
      aria-controls=${id}
      onClick=${() => setOpen(!open)}
    >
      •••
    </button>
    <ul class="bk-list" id=${id} ref=${list} hidden=${!open}>
      ${choices.map((one) => {
        const choose = () => {
          setOpen(false)
          onChoose(one)
        }
        return html`<li>
          <button type="button" class="bk-option" onClick=${choose}>${draw(one)}</button>
        </li>`
      })}
    </ul>
  </span>`
}
