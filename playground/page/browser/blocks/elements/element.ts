import { html } from 'htm/preact'
import type { ComponentType, VNode } from 'preact'
import { words } from '../json.ts'
import { picture } from '../picture.ts'
import { unknown } from '../unknown.ts'
import { Button } from './button.ts'
import { Choices } from './choices.ts'
import { DateInput } from './date-input.ts'
import { Overflow } from './overflow.ts'
import type { Placed } from './placed.ts'
import { Select } from './select.ts'
import { TextInput } from './text-input.ts'

const ELEMENTS = new Map<string, ComponentType<Placed>>([
  ['button', Button],
  ['overflow', Overflow],
  ['checkboxes', Choices],
  ['radio_buttons', Choices],
  ['datepicker', DateInput],
  ['timepicker', DateInput],
  ['datetimepicker', DateInput],
  ['plain_text_input', TextInput],
  ['email_text_input', TextInput],
  ['url_text_input', TextInput],
  ['number_input', TextInput],
  ['static_select', Select],
  ['multi_static_select', Select],
  ['external_select', Select],
  ['multi_external_select', Select],
  ['users_select', Select],
  ['multi_users_select', Select],
  ['channels_select', Select],
  ['multi_channels_select', Select],
  ['conversations_select', Select],
  ['multi_conversations_select', Select],
])

/** Whatever a person can press, choose or fill in; a picture too, where an accessory may be one. */
export function Element(placed: Placed): VNode {
  const { element } = placed
  if (element['type'] === 'image') return picture(element) ?? unknown(element)
  const Drawn = ELEMENTS.get(words(element['type']))
  return Drawn ? html`<${Drawn} ...${placed} />` : unknown(element)
}
