import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { useId, useState } from 'preact/hooks'
import { objects, words } from '../json.ts'
import { safe } from '../text/link.ts'
import { unknown } from '../unknown.ts'
import { useConfirm } from './confirm.ts'
import { type Choice, choice } from './options.ts'
import { type Placed, useSend } from './placed.ts'

/** A button with a short list of further actions. */
export function Overflow(placed: Placed): VNode {
  const { element } = placed
  const [open, setOpen] = useState(false)
  const send = useSend(placed)
  const { ask, dialog } = useConfirm(element)
  const list = useId()
  const choices = objects(element['options'])
  if (choices.length === 0) return unknown(element)

  const choose = (one: Choice, url: string | undefined) => {
    setOpen(false)
    ask(() => {
      send({ selected_option: one.sent })
      if (url) window.open(url, '_blank', 'noopener,noreferrer')
    })
  }
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
      aria-expanded=${open}
      aria-controls=${list}
      onClick=${() => setOpen(!open)}
    >
      ⋯
    </button>
    <ul class="bk-list" id=${list} hidden=${!open}>
      ${choices.map((option) => {
        const one = choice(option)
        const press = () => choose(one, safe(words(option['url'])))
        return html`<li>
          <button type="button" class="bk-option" onClick=${press}>
            ${one.text}${one.detail && html`<span class="bk-detail">${one.detail}</span>`}
          </button>
        </li>`
      })}
    </ul>
    ${dialog}
  </span>`
}
