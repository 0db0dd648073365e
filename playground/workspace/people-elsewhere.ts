import { asSlack } from './api-messages.ts'
import type { Deliver } from './deliver.ts'
import { sendEvent } from './events.ts'
import { viewOf, whereOf, who } from './payloads.ts'
import { mustExist, mustSee } from './presence.ts'
import type { World } from './world.ts'
import type { Delivery } from './records.ts'
import type { Shortcut } from './app-manifest.ts'
import type { Message, Workspace } from './workspace.ts'

/** What people do outside forms and channels: open Home, run shortcuts. */
export type Elsewhere = {
  /**
   * From then on the person acts in Home, unless a form covers it. Resolves with undefined if the app
   * does not subscribe to the event.
   */
  openHome(user: string): Promise<Delivery | undefined>
  /** A shortcut of the whole workspace. */
  shortcut(user: string, callbackId: string): Promise<Delivery>
  /** A shortcut of the menu of a message. */
  messageShortcut(user: string, message: Message, callbackId: string): Promise<Delivery>
}

export function elsewhere({ ws, triggers, responseUrls }: World, deliver: Deliver): Elsewhere {
  return {
    openHome: async (user) => {
      mustExist(ws, user)
      ws.atHome.add(user)
      if (!ws.app.events.includes('app_home_opened')) return undefined
      const home = ws.homes.get(user)
      return sendEvent(ws, deliver, {
        type: 'app_home_opened',
        user,
        channel: ws.dm(user).id,
        tab: 'home',
        event_ts: ws.nextTs(),
        ...(home ? { view: viewOf(home) } : {}),
      })
    },
    shortcut: async (user, callbackId) => {
      mustExist(ws, user)
      mustHave(ws, 'global', callbackId)
      return deliver('interactive', {
        ...who(ws, user),
        type: 'shortcut',
        callback_id: callbackId,
        trigger_id: triggers.issue(user),
        action_ts: ws.nextTs(),
      })
    },
    messageShortcut: async (user, message, callbackId) => {
      mustSee(ws, user, message)
      mustHave(ws, 'message', callbackId)
      return deliver('interactive', {
        ...who(ws, user),
        ...whereOf(ws, message.channel),
        type: 'message_action',
        callback_id: callbackId,
        trigger_id: triggers.issue(user),
        response_url: responseUrls.issue(user, message.channel, message),
        message_ts: message.ts,
        message: asSlack(message),
        action_ts: ws.nextTs(),
      })
    },
  }
}

/** Slack shows the shortcuts of the manifest, and no others. */
function mustHave({ app }: Workspace, type: Shortcut['type'], callbackId: string): void {
  const known = app.shortcuts.some((one) => one.type === type && one.callback_id === callbackId)
  if (!known) throw new Error(`The manifest has no ${type} shortcut ${callbackId}.`)
}
