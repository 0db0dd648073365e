import type { Element } from './block-elements.ts'
import type { Block } from './blocks.ts'
import { elementsOf } from './elements-of.ts'
import { offeredBy } from './block-options.ts'
import type { Values } from './open-view.ts'
import type { Json } from './workspace.ts'

/**
 * `state.values` of newly drawn blocks: every input, empty or with its initial value. What was filled
 * in `before` stays where block and action keep their ids.
 */
export function stateOf(blocks: Block[], before: Values = {}): Values {
  const values: Values = {}
  for (const { blockId, actionId, element } of elementsOf(blocks)) {
    const fresh = initialValue(element)
    if (!fresh) continue
    const kept = before[blockId]?.[actionId]
    const value = kept && stillFits(element, kept) ? kept : fresh
    values[blockId] = { ...values[blockId], [actionId]: value }
  }
  return values
}

/** Undefined for elements without state: buttons and overflow menus. */
function initialValue(element: Element): Json | undefined {
  const { type } = element
  switch (type) {
    case 'button':
    case 'overflow':
      return undefined
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return { type, value: element.initial_value ?? null }
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { type, selected_option: element.initial_option ?? null }
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return { type, selected_options: element.initial_options ?? [] }
    case 'users_select':
      return { type, selected_user: element.initial_user ?? null }
    case 'multi_users_select':
      return { type, selected_users: element.initial_users ?? [] }
    case 'channels_select':
      return { type, selected_channel: element.initial_channel ?? null }
    case 'multi_channels_select':
      return { type, selected_channels: element.initial_channels ?? [] }
    case 'conversations_select':
      return { type, selected_conversation: element.initial_conversation ?? null }
    case 'multi_conversations_select':
      return { type, selected_conversations: element.initial_conversations ?? [] }
    case 'datepicker':
      return { type, selected_date: element.initial_date ?? null }
    case 'timepicker':
      return { type, selected_time: element.initial_time ?? null }
    case 'datetimepicker':
      return { type, selected_date_time: element.initial_date_time ?? null }
  }
}

/** False for another kind of element, or one that no longer offers what was chosen. */
function stillFits(element: Element, kept: Json): boolean {
  if (kept['type'] !== element.type) return false
  const offered = offeredBy(element).map(({ value }) => value)
  const chosen = [kept['selected_option'], kept['selected_options']].flat().filter(Boolean)
  return (
    offered.length === 0 || chosen.every((one) => offered.includes(String((one as Json)['value'])))
  )
}
