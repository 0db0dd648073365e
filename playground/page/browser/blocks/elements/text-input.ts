import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { useId } from 'preact/hooks'
import { number, object, words } from '../json.ts'
import type { Json } from '../props.ts'
import { plainWords } from '../text/text-object.ts'
import { type Placed, named, useFilled, useFocusOnLoad } from './placed.ts'
import { useBlocksContext } from '../blocks-context.ts'

/** A field to type in. What is longer than allowed stays, and says so. */
export function TextInput(placed: Placed): VNode {
  const { element, blockId, labels } = placed
  const { onAct, onFill } = useBlocksContext()
  const [typed, setTyped] = useFilled(
    placed,
    (state) => words(state['value']),
    words(element['initial_value']),
  )
  const field = useFocusOnLoad<HTMLElement>(element)
  const counter = useId()
  const most = number(element['max_length'])
  const long = most !== undefined && typed.length > most * 0.8
  const multiline = element['multiline'] === true
  const on = triggers(placed)

  const tell = (to: typeof onAct, text: string) =>
    to(named(element, blockId), { type: element['type'], value: text || null })
  const control = {
    ...labels,
    ref: field,
    class: 'bk-field',
    'aria-label': labels['aria-labelledby']
      ? undefined
      : plainWords(element['placeholder']) || 'Text',
    'aria-describedby':
      [labels['aria-describedby'], long && counter].filter(Boolean).join(' ') || undefined,
    'aria-invalid': labels['aria-invalid'] || (most !== undefined && typed.length > most),
    placeholder: plainWords(element['placeholder']),
    value: typed,
    onInput: ({ target }: Event) => {
      const text = (target as HTMLInputElement | HTMLTextAreaElement).value
      setTyped(text)
      tell(on.includes('on_character_entered') ? onAct : onFill, text)
    },
    onKeyDown: (event: KeyboardEvent) => {
      const sends = event.key === 'Enter' && !event.isComposing && !(multiline && event.shiftKey)
      if (!sends || !on.includes('on_enter_pressed')) return
      event.preventDefault()
      tell(onAct, typed)
    },
  }
  return html`<div class="bk-typed">
    ${
      multiline
        ? html`<textarea ...${control} rows="4"></textarea>`
        : html`<input ...${control} ...${shape(element)} />`
    }
    ${
      long &&
      html`<div id=${counter} class="bk-detail" data-over=${typed.length > most}>
        ${typed.length} of ${most} characters
      </div>`
    }
  </div>`
}

/** When the app hears of it at once; never unless the block dispatches. */
function triggers({ element, quiet }: Placed): unknown[] {
  if (quiet) return []
  const on = object(element['dispatch_action_config'])['trigger_actions_on']
  return Array.isArray(on) ? on : ['on_enter_pressed']
}

/** What the browser can do for this kind of text. */
function shape(element: Json): Json {
  switch (element['type']) {
    case 'email_text_input':
      return { type: 'email', autocomplete: 'off' }
    case 'url_text_input':
      return { type: 'url' }
    case 'number_input':
      return {
        type: 'number',
        step: element['is_decimal_allowed'] === true ? 'any' : '1',
        min: words(element['min_value']) || undefined,
        max: words(element['max_value']) || undefined,
      }
    default:
      return { type: 'text', autocomplete: 'off' }
  }
}
