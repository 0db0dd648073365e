import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { words } from './json.ts'
import type { Json } from './props.ts'
import { plainWords, textObject } from './text/text-object.ts'

export function header(block: Json): VNode | undefined {
  const text = plainWords(block['text'])
  return text.trim() ? html`<h3 class="bk-header">${text}</h3>` : undefined
}

export function divider(): VNode {
  return html`<hr class="bk-divider" />`
}

const MARKS = new Map([
  ['info', 'ℹ'],
  ['warning', '⚠'],
  ['error', '⛔'],
  ['success', '✅'],
])

/** A warning in a form. */
export function alert(block: Json): VNode | undefined {
  const text = textObject(block['text'])
  const level = words(block['level']) || 'default'
  return (
    text &&
    html`<div class="bk-alert" role="note" data-level=${level}>
      <span aria-hidden="true">${MARKS.get(level)}</span>${text}
    </div>`
  )
}
