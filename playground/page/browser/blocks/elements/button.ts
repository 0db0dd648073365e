import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { said, words } from '../json.ts'
import { safe } from '../text/link.ts'
import { plainWords } from '../text/text-object.ts'
import { unknown } from '../unknown.ts'
import { useConfirm } from './confirm.ts'
import { type Placed, useSend } from './placed.ts'

/** A button. One with an address opens it and still reaches the app. */
export function Button(placed: Placed): VNode {
  const { element } = placed
  const send = useSend(placed)
  const { ask, dialog } = useConfirm(element)
  if (!said(element['text']).trim()) return unknown(element)

  const href = safe(words(element['url']))
  const { text, value, style } = element
  const pressed = () => {
    send({ text, ...(value === undefined ? {} : { value }), ...(style ? { style } : {}) })
    if (href) window.open(href, '_blank', 'noopener,noreferrer')
  }
  const look = {
    class: 'bk-button',
    'data-style': words(style) || undefined,
    'aria-label': words(element['accessibility_label']).trim() || undefined,
    onClick: (event: Event) => {
      event.preventDefault()
      ask(pressed)
    },
  }
  return html`<span class="bk-element">
    ${
      href
        ? html`<a ...${look} href=${href}>${plainWords(text)}</a>`
        : html`<button type="button" ...${look}>${plainWords(text)}</button>`
    }
    ${dialog}
  </span>`
}
