import { asSlack } from './api-messages.ts'
import { showAnswer } from './answers.ts'
import type { Block } from './blocks.ts'
import { type Choice, chosen } from './choices.ts'
import type { Deliver } from './deliver.ts'
import { type Placed, elementsOf } from './elements-of.ts'
import { whereOf, who } from './payloads.ts'
import type { World } from './people.ts'
import { stateOf } from './view-state.ts'
import { APP, type Delivery, type Json, type Message, TEAM, type Values } from './workspace.ts'

export type InChannels = {
  command(user: string, channel: string, text: string): Promise<Delivery>
  /** Presses a button of the message as it is now; `stale` presses an older version of it. */
  click(user: string, message: Message, actionId: string, stale?: boolean): Promise<Delivery>
  /** Chooses from a menu of the message as it is now. */
  chooseIn(user: string, message: Message, actionId: string, choice: Choice): Promise<Delivery>
}

export function inChannels({ ws, triggers, responseUrls }: World, deliver: Deliver): InChannels {
  const act = (user: string, message: Message, blockId: string, action: Json, values: Values) => {
    const { channel, ts } = message
    return deliver('interactive', {
      ...who(ws, user),
      type: 'block_actions',
      trigger_id: triggers.issue(user),
      response_url: responseUrls.issue(user, channel, ts),
      container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: false },
      ...whereOf(ws, channel),
      message: asSlack(message),
      state: { values },
      actions: [{ ...action, block_id: blockId, action_ts: ws.nextTs() }],
    })
  }

  return {
    command: async (user, channel, text) => {
      ws.atHome.delete(user)
      const [command = '', ...words] = text.split(' ')
      const delivery = await deliver('slash_commands', {
        token: 'playground',
        team_id: ws.users.get(user)?.team ?? TEAM,
        team_domain: 'playground',
        channel_id: channel,
        channel_name: ws.channels.get(channel)?.name ?? 'directmessage',
        user_id: user,
        user_name: ws.users.get(user)?.name ?? user,
        command,
        text: words.join(' '),
        api_app_id: APP,
        is_enterprise_install: 'false',
        response_url: responseUrls.issue(user, channel),
        trigger_id: triggers.issue(user),
      })
      showAnswer(ws, delivery)
      ws.changed()
      return delivery
    },
    click: async (user, message, actionId, stale = false) => {
      const shown = stale ? message : (ws.message(message.channel, message.ts) ?? message)
      const { element, blockId } = inMessage(shown, actionId)
      return act(user, shown, blockId, element, stateOf(shown.blocks as Block[]))
    },
    chooseIn: async (user, message, actionId, choice) => {
      const shown = ws.message(message.channel, message.ts) ?? message
      const { element, blockId } = inMessage(shown, actionId)
      const value = chosen({ ws, user, offered: {} }, element, choice)
      if (!value) throw new Error(`${actionId} is not chosen from.`)
      const values = stateOf(shown.blocks as Block[])
      if (element.type !== 'overflow') values[blockId] = { ...values[blockId], [actionId]: value }
      return act(user, shown, blockId, { action_id: actionId, ...value }, values)
    },
  }
}

function inMessage({ blocks, ts }: Message, actionId: string): Placed {
  const placed = elementsOf(blocks as Block[]).find((one) => one.actionId === actionId)
  if (!placed) throw new Error(`There is no ${actionId} on the message ${ts}.`)
  return placed
}
