import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { object, words } from './json.ts'

/** A block that we cannot draw shows its JSON, so that nothing goes unseen. */
export function unknown(value: unknown): VNode {
  const type = words(object(value)['type']).trim() || 'something without a type'
  return html`<details class="bk-unknown">
    <summary>Not drawn: <code>${type}</code></summary>
    <pre>${JSON.stringify(value, undefined, 2)}</pre>
  </details>`
}
