import type * as page from '../page/world.ts'
import type { PretendSlack } from './pretend-slack.ts'
import type { OpenView } from './open-view.ts'
import { type Message, TEAM } from './workspace.ts'

const MESSAGES = 500

/** What the page shows of the workspace. */
export function snapshot(slack: PretendSlack): page.Workspace {
  const { ws, faults } = slack
  return {
    users: byId(ws.users, ({ name, team, bot = false, restricted = false }) => ({
      name,
      bot,
      guest: restricted,
      foreign: team !== TEAM,
    })),
    groups: byId(ws.groups, ({ handle, users }) => ({ handle, users })),
    channels: byId(ws.channels, ({ members, ...channel }) => ({
      ...channel,
      members: [...members],
    })),
    messages: ws.messages.slice(-MESSAGES).map(shownMessage),
    ephemerals: ws.ephemerals.slice(-MESSAGES),
    forms: Object.fromEntries(
      [...ws.views].flatMap(([user, stack]) => {
        const top = stack.at(-1)
        return top ? [[user, shownForm(top, stack.length)]] : []
      }),
    ),
    homes: byId(ws.homes, (home) => shownForm(home, 1)),
    exchanges: ws.exchanges.list(),
    connections: slack.connections(),
    faults: faults.waiting(),
  }
}

function shownMessage(message: Message): page.Message {
  const { channel, ts, threadTs, broadcast, user, text, blocks, edits } = message
  const thread = threadTs === undefined ? {} : { threadTs }
  return { channel, ts, ...thread, broadcast, user, text, blocks, edits }
}

function shownForm(open: OpenView, depth: number): page.Form {
  const { view, values, errors, trouble = '' } = open
  return { view, values, errors, trouble, depth }
}

function byId<T, S>(map: Map<string, T>, show: (one: T) => S): Record<string, S> {
  return Object.fromEntries([...map].map(([id, one]) => [id, show(one)]))
}
