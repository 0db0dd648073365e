import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { number, object, objects, words } from './json.ts'
import type { Json } from './props.ts'
import { richText } from './text/rich-text.ts'
import { plain } from './text/text-object.ts'
import { unknown } from './unknown.ts'

/** The first row is the header. */
export function table(block: Json): VNode | undefined {
  const rows = Array.isArray(block['rows']) ? block['rows'].map(objects) : []
  const [head = [], ...body] = rows.filter((row) => row.length > 0)
  if (head.length === 0) return undefined

  const settings = Array.isArray(block['column_settings']) ? block['column_settings'] : []
  const look = (column: number) => {
    const { align, is_wrapped } = object(settings[column])
    return { 'data-align': words(align) || undefined, 'data-wrapped': is_wrapped === true }
  }
  return html`<div class="bk-table" role="region" tabindex="0" aria-label="Table">
    <table>
      <thead>
        <tr>
          ${head.map((one, column) => html`<th scope="col" ...${look(column)}>${cell(one)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${body.map(
          (row) =>
            html`<tr>
              ${row.map((one, column) => html`<td ...${look(column)}>${cell(one)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

function cell(one: Json): VNode {
  return content(one) ?? unknown(one)
}

function content(one: Json): VNode | undefined {
  switch (one['type']) {
    case 'raw_text':
      return plain(words(one['text']))
    case 'raw_number':
      return plain(words(one['text']) || String(number(one['value']) ?? ''))
    case 'rich_text':
      return richText(objects(one['elements']))
    default:
      return undefined
  }
}
