import type { Choice } from './choices.ts'
import type { Deed } from './deed.ts'
import type { Delivery } from './records.ts'
import type { PretendSlack } from './pretend-slack.ts'
import type { Json } from './workspace.ts'

type Used = Extract<Deed, { do: 'use' }>
type Told = Promise<Delivery | undefined>

/** Uses an element wherever it is. Throws an Error with a sentence for what is not there. */
export async function use(slack: PretendSlack, asked: Used): Promise<unknown> {
  const { in: place } = asked
  const told = 'ts' in place ? await inMessage(slack, asked, place) : await inView(slack, asked)
  slack.ws.changed()
  return told ?? {}
}

async function inMessage(
  { ws, people }: PretendSlack,
  { user, action, value }: Used,
  { channel, ts }: { channel: string; ts: string },
): Told {
  const message = ws.message(channel, ts) ?? ws.ephemerals.find((one) => one.ts === ts)
  if (!message) throw new Error(`There is no message ${ts}.`)
  const choice = choiceOf(value)
  if (choice === undefined) return people.click(user, message, action)
  return people.chooseIn(user, message, action, choice)
}

async function inView(
  { ws, people }: PretendSlack,
  { user, in: place, action, value, sent }: Used,
): Told {
  if ('form' in place && ws.topView(user)?.view.id !== place.form)
    throw new Error('The form is not open any more.')
  if (value['type'] === 'button') return people.press(user, action)
  const choice = choiceOf(value)
  if (choice !== undefined) return people.choose(user, action, choice)
  if (sent) return people.enter(user, action, typed(value))
  people.fill(user, action, typed(value))
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

function typed({ value }: Json): string {
  return typeof value === 'string' ? value : ''
}
