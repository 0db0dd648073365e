import { html } from 'htm/preact'
import type { BlocksProps, Json } from './props.ts'

/** Stand-in: the texts and buttons. */
export function Blocks({ blocks, values, errors, onAct, onFill }: BlocksProps) {
  return html`<div>${blocks.map((block) => one(block))}</div>`
  function one(block: Json): unknown {
    const id = String(block['block_id'])
    if (block['type'] === 'actions') {
      return (block['elements'] as Json[]).map(
        (e) =>
          html`<button onClick=${() => onAct({ block_id: id, ...e }, { value: e['value'] })}>
            ${(e['text'] as Json)['text']}
          </button>`,
      )
    }
    if (block['type'] === 'input') {
      const e = block['element'] as Json
      const v = values[id]?.[String(e['action_id'])]?.['value']
      return html`<label
        >${(block['label'] as Json)['text']}<textarea
          value=${v ?? ''}
          onInput=${(ev: InputEvent) =>
            onFill(
              { block_id: id, ...e },
              { type: e['type'], value: (ev.target as HTMLTextAreaElement).value },
            )}
        /><span>${errors[id]}</span></label
      >`
    }
    return html`<div style="white-space:pre-wrap">${words(block)}</div>`
  }
}

function words(node: unknown): string {
  if (typeof node !== 'object' || node === null) return ''
  const own = (node as Json)['text']
  const inner = Object.entries(node)
    .map(([, v]) => words(v))
    .join('')
  return (typeof own === 'string' ? own : '') + inner
}
