import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { useId } from 'preact/hooks'
import { Element } from './elements/element.ts'
import { objects, words } from './json.ts'
import type { Json } from './props.ts'

/** A row of things to press and to choose from. */
export function actions(block: Json): VNode | undefined {
  const elements = objects(block['elements'])
  const blockId = words(block['block_id'])
  if (elements.length === 0) return undefined
  return html`<div class="bk-row bk-actions">
    ${elements.map(
      (element, index) =>
        html`<${Action}
          key=${words(element['action_id']) || index}
          element=${element}
          blockId=${blockId}
        />`,
    )}
  </div>`
}

function Action({ element, blockId }: { element: Json; blockId: string }): VNode {
  const labels = { id: useId() }
  return html`<${Element} element=${element} blockId=${blockId} quiet=${false} labels=${labels} />`
}
