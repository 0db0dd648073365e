import { asSlack } from './api-messages.ts'
import { showAnswer } from './answers.ts'
import type { Block } from './blocks.ts'
import { type Choice, chosen } from './choices.ts'
import type { Deliver } from './deliver.ts'
import { type Placed, type Which, elementOf } from './elements-of.ts'
import { whereOf, who } from './payloads.ts'
import type { World } from './world.ts'
import { mustSee, typingPlace } from './presence.ts'
import { stateOf } from './view-state.ts'
import type { Values } from './open-view.ts'
import type { Delivery } from './records.ts'
import { APP, type Ephemeral, type Json, type Message, TEAM } from './workspace.ts'

type Shown = Message | Ephemeral

export type InChannels = {
  command(user: string, channel: string, text: string): Promise<Delivery>
  /** Presses a button of the message as it is now; `stale` presses an older version of it. */
  click(user: string, message: Shown, which: Which, stale?: boolean): Promise<Delivery>
  /** Chooses from a menu of the message as it is now. */
  chooseIn(user: string, message: Shown, which: Which, choice: Choice): Promise<Delivery>
}

export function inChannels({ ws, triggers, responseUrls }: World, deliver: Deliver): InChannels {
  const act = (user: string, shown: Shown, blockId: string, action: Json, values: Values) => {
    const { channel, ts } = shown
    const isEphemeral = !('edits' in shown)
    const place = { message_ts: ts, channel_id: channel, is_ephemeral: isEphemeral }
    return deliver('interactive', {
      ...who(ws, user),
      ...whereOf(ws, channel),
      type: 'block_actions',
      trigger_id: triggers.issue(user),
      response_url: responseUrls.issue(user, channel, shown),
      container: { type: 'message', ...place },
      ...(isEphemeral ? {} : { message: asSlack(shown) }),
      state: { values },
      actions: [{ ...action, block_id: blockId, action_ts: ws.nextTs() }],
    })
  }
  const asItIs = ({ channel, ts }: Shown): Shown | undefined =>
    ws.message(channel, ts) ?? ws.ephemerals.find((one) => one.ts === ts)

  return {
    command: async (user, channel, text) => {
      const place = typingPlace(ws, user, channel)
      ws.atHome.delete(user)
      const [command = '', ...words] = text.split(' ')
      const delivery = await deliver('slash_commands', {
        token: 'playground',
        team_id: ws.users.get(user)?.team ?? TEAM,
        team_domain: 'playground',
        channel_id: channel,
        channel_name: channel.startsWith('D') ? 'directmessage' : place.name,
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
    click: async (user, message, which, stale = false) => {
      mustSee(ws, user, message)
      const shown = stale ? message : (asItIs(message) ?? message)
      const { element, blockId } = inMessage(shown, which)
      return act(user, shown, blockId, element, stateOf(shown.blocks as Block[]))
    },
    chooseIn: async (user, message, which, choice) => {
      mustSee(ws, user, message)
      const shown = asItIs(message) ?? message
      const { element, blockId, actionId } = inMessage(shown, which)
      const value = chosen({ ws, user, offered: {} }, element, choice)
      if (!value) throw new Error(`${actionId} is not chosen from.`)
      const values = stateOf(shown.blocks as Block[])
      if (element.type !== 'overflow') values[blockId] = { ...values[blockId], [actionId]: value }
      return act(user, shown, blockId, { action_id: actionId, ...value }, values)
    },
  }
}

function inMessage({ blocks, ts }: Shown, which: Which): Placed {
  return elementOf(blocks as Block[], which, `The message ${ts}`)
}
