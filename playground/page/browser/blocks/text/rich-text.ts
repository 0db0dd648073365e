import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { number, objects, words } from '../json.ts'
import type { Json } from '../props.ts'
import { unknown } from '../unknown.ts'
import { inline } from './inline.ts'

/** The parts of a rich text; undefined if there is not a word in them. */
export function richText(parts: Json[]): VNode | undefined {
  return parts.some(hasWords) ? html`<div class="bk-text">${parts.map(part)}</div>` : undefined
}

function hasWords(node: Json): boolean {
  const type = words(node['type'])
  if (PARTS.includes(type)) return objects(node['elements']).some(hasWords)
  return type !== 'text' || words(node['text']).trim() !== ''
}

const PARTS = ['rich_text_section', 'rich_text_quote', 'rich_text_preformatted', 'rich_text_list']

function part(node: Json): VNode {
  const inside = objects(node['elements'])
  switch (node['type']) {
    case 'rich_text_section':
      return html`<div>${inside.map(inline)}</div>`
    case 'rich_text_quote':
      return html`<blockquote>${inside.map(inline)}</blockquote>`
    case 'rich_text_preformatted':
      return html`<pre tabindex="0">${inside.map(inline)}</pre>`
    case 'rich_text_list':
      return list(node, inside)
    default:
      return unknown(node)
  }
}

function list(node: Json, inside: Json[]): VNode {
  const items = inside.map((item) => html`<li>${part(item)}</li>`)
  const indent = number(node['indent']) ?? 0
  return node['style'] === 'ordered'
    ? html`<ol data-indent=${indent} start=${(number(node['offset']) ?? 0) + 1}>
        ${items}
      </ol>`
    : html`<ul data-indent=${indent}>
        ${items}
      </ul>`
}
