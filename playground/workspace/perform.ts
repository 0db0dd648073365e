import type { Act } from './act.ts'
import type { Choice } from './choices.ts'
import { typingPlace } from './presence.ts'
import type { PretendSlack } from './pretend-slack.ts'
import type { Delivery } from './records.ts'
import type { Ephemeral, Json, Message, Workspace } from './workspace.ts'

type Use = Extract<Act, { do: 'use' }>

/** Carries out an act. Throws an Error with a sentence if it is not possible. */
export async function perform(slack: PretendSlack, act: Act): Promise<unknown> {
  const { ws, people, faults } = slack
  switch (act.do) {
    case 'command':
      return people.command(act.user, act.channel, act.text)
    case 'say':
      return say(ws, act)
    case 'use': {
      const delivered = await ('ts' in act.in
        ? useMessage(slack, act, act.in)
        : useView(slack, act))
      ws.changed()
      return delivered ?? {}
    }
    case 'suggest':
      return { options: await people.suggest(act.user, act, act.words) }
    case 'submit':
      return people.submit(act.user)
    case 'close':
      return people.closeView(act.user)
    case 'openHome':
      return (await people.openHome(act.user)) ?? {}
    case 'shortcut': {
      const { user, callback, on } = act
      if (!on) return people.shortcut(user, callback)
      return people.messageShortcut(user, messageAt(ws, on), callback)
    }
    case 'fault':
      faults.add(act.method, act.fault)
      ws.changed()
      return {}
    case 'clearFaults':
      faults.clear()
      ws.changed()
      return {}
    case 'dropSockets':
      slack.dropSockets()
      return {}
    case 'exchange': {
      const found = ws.exchanges.find(act.id)
      if (!found) throw new Error(`There is no exchange ${act.id}; the last 300 are kept.`)
      return found
    }
  }
}

type Place = { channel: string; ts: string }

async function useMessage({ ws, people }: PretendSlack, act: Use, place: Place): Promise<Delivery> {
  const seen: Message | Ephemeral =
    ws.ephemerals.find((one) => one.ts === place.ts) ?? messageAt(ws, place)
  const choice = choiceOf(act.value)
  if (choice === undefined) return people.click(act.user, seen, act)
  return people.chooseIn(act.user, seen, act, choice)
}

async function useView({ ws, people }: PretendSlack, act: Use): Promise<Delivery | undefined> {
  const { user, in: place, value } = act
  if ('form' in place && ws.topView(user)?.view.id !== place.form) {
    throw new Error('The form is not open any more.')
  }
  if (value['type'] === 'button') return people.press(user, act)
  const choice = choiceOf(value)
  if (choice !== undefined) return people.choose(user, act, choice)
  const typed = typeof value['value'] === 'string' ? value['value'] : ''
  if (act.sent) return people.enter(user, act, typed)
  people.fill(user, act, typed)
  return undefined
}

/** What is chosen, by its value or id; undefined for what is pressed or typed. */
function choiceOf(value: Json): Choice | undefined {
  const [key] = Object.keys(value).filter((one) => one.startsWith('selected_'))
  const chosen = key === undefined ? undefined : value[key]
  if (Array.isArray(chosen)) return chosen.map(nameOf)
  if (typeof chosen === 'number') return chosen
  return chosen === undefined || chosen === null ? undefined : nameOf(chosen)
}

function nameOf(chosen: unknown): string {
  if (typeof chosen === 'string') return chosen
  const value = typeof chosen === 'object' && chosen !== null && 'value' in chosen && chosen.value
  return typeof value === 'string' ? value : ''
}

function messageAt(ws: Workspace, { channel, ts }: Place): Message {
  const message = ws.message(channel, ts)
  if (!message) throw new Error(`There is no message ${ts} in ${channel}.`)
  return message
}

function say(ws: Workspace, said: Extract<Act, { do: 'say' }>): { ts: string } {
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
