import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { objects } from './json.ts'
import { picture } from './picture.ts'
import type { Json } from './props.ts'
import { textObject } from './text/text-object.ts'
import { unknown } from './unknown.ts'

/** Small print: texts and pictures in a row. */
export function context(block: Json): VNode | undefined {
  const elements = objects(block['elements'])
  if (elements.length === 0) return undefined
  return html`<div class="bk-row bk-context">
    ${elements.map((one) => drawn(one) ?? unknown(one))}
  </div>`
}

function drawn(element: Json): VNode | undefined {
  switch (element['type']) {
    case 'image':
      return picture(element)
    case 'plain_text':
    case 'mrkdwn':
      return textObject(element)
    default:
      return undefined
  }
}
