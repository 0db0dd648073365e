import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { useId } from 'preact/hooks'
import { Element } from './elements/element.ts'
import { useBlocksContext } from './blocks-context.ts'
import { isObject, own, said, words } from './json.ts'
import type { Json } from './props.ts'
import { plainWords, textObject } from './text/text-object.ts'

export function input(block: Json): VNode | undefined {
  const drawn = said(block['label']).trim() && isObject(block['element'])
  return drawn ? html`<${Input} block=${block} element=${block['element']} />` : undefined
}

/** A field of a form: its label, the control, a hint, and what is wrong with it. */
function Input({ block, element }: { block: Json; element: Json }): VNode {
  const { errors } = useBlocksContext()
  const [control, label, hint, error] = [useId(), useId(), useId(), useId()]
  const blockId = words(block['block_id'])
  const wrong = own(errors, blockId)
  const hinted = textObject(block['hint'])
  const described = [wrong && error, hinted && hint].filter(Boolean).join(' ')
  const optional = block['optional'] === true
  return html`<div class="bk-input" data-wrong=${wrong !== undefined}>
    <label class="bk-label" id=${label} for=${control}>
      ${plainWords(block['label'])}${optional && html`<span class="bk-detail"> (optional)</span>`}
    </label>
    <${Element}
      key=${words(element['action_id'])}
      element=${element}
      blockId=${blockId}
      quiet=${block['dispatch_action'] !== true}
      labels=${{
        id: control,
        'aria-labelledby': label,
        'aria-describedby': described || undefined,
        'aria-invalid': wrong !== undefined,
        'aria-required': !optional,
      }}
    />
    ${wrong && html`<div class="bk-error" id=${error}>${wrong}</div>`}
    ${hinted && html`<div class="bk-detail" id=${hint}>${hinted}</div>`}
  </div>`
}
