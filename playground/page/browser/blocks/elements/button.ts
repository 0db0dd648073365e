import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { object, said, words } from '../json.ts'
import type { Json } from '../props.ts'
import { safe } from '../text/link.ts'
import { plainWords } from '../text/text-object.ts'
import { unknown } from '../unknown.ts'
import { useConfirm } from './confirm.ts'
import { type Placed, useSend } from './placed.ts'

/** A button; one with an address opens it, and is told all the same. */
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

/** An icon with its words: Slack shows them when pointed at, we always do. */
export function IconButton(placed: Placed): VNode {
  const { element } = placed
  const send = useSend(placed)
  if (!said(element['text']).trim()) return unknown(element)
  return pressable(element, element['text'], () => send({ value: element['value'] }))
}

/** Thumbs up and down. */
export function FeedbackButtons(placed: Placed): VNode {
  const { element } = placed
  const send = useSend(placed)
  const both = [object(element['positive_button']), object(element['negative_button'])]
  if (!both.every(({ text }) => said(text).trim())) return unknown(element)
  return html`<span class="bk-row" role="group">
    ${both.map((one) =>
      pressable(one, one['text'], () => send({ text: one['text'], value: one['value'] })),
    )}
  </span>`
}

function pressable(look: Json, text: unknown, press: () => void): VNode {
  const label = words(look['accessibility_label']).trim() || undefined
  return html`<button type="button" class="bk-button" aria-label=${label} onClick=${press}>
    ${plainWords(text)}
  </button>`
}
