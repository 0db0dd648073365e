import { z } from 'zod'
import { type Element, clockTime, moment } from './block-elements.ts'
import { type Option, offeredBy } from './block-options.ts'
import type { Json, Workspace } from './workspace.ts'

/**
 * An option by its value; a user, channel or conversation by its id; `YYYY-MM-DD`, `HH:mm`, or
 * seconds since 1970; a list where several can be chosen, which is then all of them.
 */
export type Choice = string | number | string[]

/** What is on the screen of the person who chooses. */
export type Screen = {
  ws: Workspace
  user: string
  /** What the app offered last, by `action_id` of an external select. */
  offered: Record<string, Option[]>
}

/**
 * The choice as in `state.values`. Throws for a choice that is not offered. Undefined for an element
 * that is typed into or pressed.
 */
export function chosen(screen: Screen, element: Element, choice: Choice): Json | undefined {
  const { type } = element
  const from = offer(screen, element)
  const [one, all] = [() => from(choice), () => severalOf(element, choice).map(from)]
  switch (type) {
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
    case 'overflow':
      return { type, selected_option: one() }
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return { type, selected_options: all() }
    case 'users_select':
      return { type, selected_user: one() }
    case 'multi_users_select':
      return { type, selected_users: all() }
    case 'channels_select':
      return { type, selected_channel: one() }
    case 'multi_channels_select':
      return { type, selected_channels: all() }
    case 'conversations_select':
      return { type, selected_conversation: one() }
    case 'multi_conversations_select':
      return { type, selected_conversations: all() }
    case 'datepicker':
      return { type, selected_date: one() }
    case 'timepicker':
      return { type, selected_time: one() }
    case 'datetimepicker':
      return { type, selected_date_time: one() }
    default:
      return undefined
  }
}

/** Finds the option, person, channel or date that a choice stands for. */
function offer(screen: Screen, element: Element): (choice: Choice) => unknown {
  return (choice) => {
    const found = lookUp(screen, element, choice)
    if (found === undefined) {
      throw new Error(`${element.action_id} does not offer ${String(choice)}.`)
    }
    return found
  }
}

function lookUp({ ws, user, offered }: Screen, element: Element, choice: Choice): unknown {
  switch (element.type) {
    case 'external_select':
    case 'multi_external_select':
      return offered[element.action_id ?? '']?.find(({ value }) => value === choice)
    case 'users_select':
    case 'multi_users_select':
      return ws.users.get(String(choice))?.id
    case 'channels_select':
    case 'multi_channels_select': {
      const channel = ws.channels.get(String(choice))
      return channel?.private ? undefined : channel?.id
    }
    case 'conversations_select':
    case 'multi_conversations_select': {
      const channel = ws.channels.get(String(choice))
      return channel?.private && !channel.members.has(user) ? undefined : channel?.id
    }
    case 'datepicker':
      return z.iso.date().safeParse(choice).data
    case 'timepicker':
      return clockTime.safeParse(choice).data
    case 'datetimepicker':
      return moment.safeParse(choice).data
    default:
      return offeredBy(element).find(({ value }) => value === choice)
  }
}

function severalOf(element: Element, choice: Choice): string[] {
  const most =
    ('max_selected_items' in element ? element.max_selected_items : undefined) ?? Infinity
  if (Array.isArray(choice) && choice.length <= most) return choice
  throw new Error(`${element.action_id} takes a list of at most ${most}.`)
}
