import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { useId } from 'preact/hooks'
import { objects, said, words } from '../json.ts'
import type { Json } from '../props.ts'
import { textObject } from '../text/text-object.ts'
import { unknown } from '../unknown.ts'
import { useConfirm } from './confirm.ts'
import { type Placed, useFilled, useSend } from './placed.ts'

/** Checkboxes and radio buttons. */
export function Choices(placed: Placed): VNode {
  const { element, labels } = placed
  const one = element['type'] === 'radio_buttons'
  const send = useSend(placed)
  const { ask, dialog } = useConfirm(element)
  const name = useId()
  const [chosen, setChosen] = useFilled<Json[]>(
    placed,
    (state) => objects(one ? [state['selected_option']] : state['selected_options']),
    objects(one ? [element['initial_option']] : element['initial_options']),
  )
  const options = objects(element['options'])
  if (!options.some(({ text }) => said(text).trim())) return unknown(element)

  const has = (option: Json) => chosen.some(({ value }) => value === option['value'])
  const choose = (option: Json) => {
    // Drawn again as it was: the browser has moved the mark already, and the answer may be no.
    setChosen([...chosen])
    ask(() => {
      const others = options.filter((other) => other !== option && has(other))
      const now = one ? [option] : has(option) ? others : [...others, option]
      setChosen(now)
      send(one ? { selected_option: option } : { selected_options: now })
    })
  }
  return html`<div
    class="bk-choices"
    role=${one ? 'radiogroup' : 'group'}
    aria-label=${labels['aria-labelledby'] ? undefined : 'Choices'}
    ...${labels}
    aria-invalid=${one ? labels['aria-invalid'] : undefined}
    aria-required=${one ? labels['aria-required'] : undefined}
  >
    ${options.map(
      (option) =>
        html`<label class="bk-choice">
          <input
            type=${one ? 'radio' : 'checkbox'}
            name=${name}
            value=${words(option['value'])}
            checked=${has(option)}
            onChange=${() => choose(option)}
          />
          <span>
            ${textObject(option['text'])}
            <span class="bk-detail">${textObject(option['description'])}</span>
          </span>
        </label>`,
    )}
    ${dialog}
  </div>`
}
