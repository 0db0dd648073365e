import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { useId } from 'preact/hooks'
import { Element } from './elements/element.ts'
import { isObject, objects, words } from './json.ts'
import type { Json } from './props.ts'
import { textObject } from './text/text-object.ts'

export function section(block: Json): VNode | undefined {
  const text = textObject(block['text'])
  const fields = objects(block['fields']).flatMap((field) => textObject(field) ?? [])
  const drawn = text ?? (fields.length > 0 || isObject(block['accessory']))
  return drawn ? html`<${Section} block=${block} text=${text} fields=${fields} />` : undefined
}

/** Text and fields; the accessory stands beside them, and is named by the text. */
function Section(props: { block: Json; text: VNode | undefined; fields: VNode[] }): VNode {
  const { block, text, fields } = props
  const { accessory } = block
  const id = useId()
  const control = useId()
  return html`<div class="bk-section">
    <div class="bk-body">
      ${text && html`<div id=${id}>${text}</div>`}
      ${fields.length > 0 && html`<div class="bk-fields">${fields}</div>`}
    </div>
    ${
      isObject(accessory) &&
      html`<div class="bk-accessory">
        <${Element}
          key=${words(accessory['action_id'])}
          element=${accessory}
          blockId=${words(block['block_id'])}
          quiet=${false}
          labels=${{ id: control, 'aria-labelledby': text ? id : undefined }}
        />
      </div>`
    }
  </div>`
}
