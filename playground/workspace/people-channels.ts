import { asSlack } from './api-messages.ts'
import type { Deliver } from './deliver.ts'
import { elementsOf } from './elements-of.ts'
import { whereOf, who } from './payloads.ts'
import type { World } from './people.ts'
import type { Block } from './blocks.ts'
import { APP, type Delivery, type Message, TEAM } from './workspace.ts'

export type InChannels = {
  command(user: string, channel: string, text: string): Promise<Delivery>
  /** Presses a button of the message as it is now; `stale` presses an older version of it. */
  click(user: string, message: Message, actionId: string, stale?: boolean): Promise<Delivery>
}

export function inChannels({ ws, triggers, responseUrls }: World, deliver: Deliver): InChannels {
  return {
    command: (user, channel, text) => {
      const [command = '', ...words] = text.split(' ')
      return deliver('slash_commands', {
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
    },
    click: async (user, message, actionId, stale = false) => {
      const { channel, ts } = message
      const shown = stale ? message : (ws.message(channel, ts) ?? message)
      const placed = elementsOf(shown.blocks as Block[]).find((one) => one.actionId === actionId)
      if (!placed) throw new Error(`There is no ${actionId} on the message ${ts}.`)
      const { element, blockId } = placed
      return deliver('interactive', {
        ...who(ws, user),
        type: 'block_actions',
        trigger_id: triggers.issue(user),
        response_url: responseUrls.issue(user, channel, ts),
        container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: false },
        ...whereOf(ws, channel),
        message: asSlack(shown),
        state: { values: {} },
        actions: [{ ...element, block_id: blockId, action_ts: ws.nextTs() }],
      })
    },
  }
}
