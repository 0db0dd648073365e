import type { Deed } from './deed.ts'
import { typingPlace } from './presence.ts'
import type { PretendSlack } from './pretend-slack.ts'
import { use } from './use.ts'
import type { Message, Workspace } from './workspace.ts'

/** Throws an Error with a sentence for what is not possible. */
export async function perform(slack: PretendSlack, asked: Deed): Promise<unknown> {
  const { ws, people } = slack
  switch (asked.do) {
    case 'state':
      return {
        messages: ws.messages,
        ephemerals: ws.ephemerals,
        views: Object.fromEntries([...ws.views].map(([user, open]) => [user, open.at(-1)])),
        users: Object.fromEntries([...ws.users].map(([id, { name }]) => [id, name])),
        groups: Object.fromEntries([...ws.groups].map(([id, { handle }]) => [id, handle])),
        channels: Object.fromEntries([...ws.channels].map(([id, { name }]) => [id, name])),
      }
    case 'command':
      return people.command(asked.user, asked.channel, asked.text)
    case 'say':
      return say(ws, asked)
    case 'click':
      return people.click(asked.user, messageAt(ws, asked), asked.action)
    case 'fill':
      people.fill(asked.user, asked.action, asked.value)
      ws.changed()
      return {}
    case 'use':
      return use(slack, asked)
    case 'suggest':
      return { options: await people.suggest(asked.user, asked.action, asked.words) }
    case 'submit':
      return people.submit(asked.user)
    case 'close':
      return people.closeView(asked.user)
    case 'openHome':
      return (await people.openHome(asked.user)) ?? {}
    case 'shortcut':
      return shortcut(slack, asked)
    case 'fault':
      slack.faults.add(asked.method, asked.fault)
      ws.changed()
      return {}
    case 'clearFaults':
      slack.faults.clear()
      ws.changed()
      return {}
    case 'dropSockets':
      slack.dropSockets()
      return {}
    case 'refreshSocket':
      slack.refreshSocket()
      return {}
    case 'exchange': {
      const found = ws.exchanges.find(asked.id)
      if (!found) throw new Error(`There is no exchange ${asked.id}; the last 300 are kept.`)
      return found
    }
  }
}

function shortcut(
  { ws, people }: PretendSlack,
  { user, callback, on }: Extract<Deed, { do: 'shortcut' }>,
): Promise<unknown> {
  if (!on) return people.shortcut(user, callback)
  return people.messageShortcut(user, messageAt(ws, on), callback)
}

function messageAt(ws: Workspace, { channel, ts }: { channel: string; ts: string }): Message {
  const message = ws.message(channel, ts)
  if (!message) throw new Error(`There is no message ${ts} in ${channel}.`)
  return message
}

function say(ws: Workspace, said: Extract<Deed, { do: 'say' }>): { ts: string } {
  const { user, channel, threadTs, broadcast } = said
  typingPlace(ws, user, channel)
  if (threadTs) messageAt(ws, { channel, ts: threadTs })
  const text = mentioned(ws, escaped(said.text))
  const { ts } = ws.post({ user, channel, threadTs, broadcast, text, blocks: [] })
  return { ts }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** `@name` becomes a mention, as in Slack's composer. */
function mentioned({ users, groups }: Workspace, text: string): string {
  return text.replace(/@([\w-]+)/g, (whole, name: string) => {
    const [user] = [...users.values()].filter((one) => one.name === name)
    const [group] = [...groups].filter(([, { handle }]) => handle === name)
    if (user) return `<@${user.id}>`
    return group ? `<!subteam^${group[0]}>` : whole
  })
}
