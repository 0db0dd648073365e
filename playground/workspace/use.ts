import type { Choice } from './choices.ts'
import type { Deed } from './deed.ts'
import type { PretendSlack } from './server.ts'
import type { Json } from './workspace.ts'

/** Uses an element wherever it is. Throws an Error with a sentence for what is not there. */
export async function use(
  { ws, people }: PretendSlack,
  { user, in: place, action, value }: Extract<Deed, { do: 'use' }>,
): Promise<unknown> {
  const choice = choiceOf(value)
  if ('ts' in place) {
    const message =
      ws.message(place.channel, place.ts) ?? ws.ephemerals.find(({ ts }) => ts === place.ts)
    if (!message) throw new Error(`There is no message ${place.ts}.`)
    if (choice === undefined) return people.click(user, message, action)
    return people.chooseIn(user, message, action, choice)
  }
  if ('form' in place && ws.topView(user)?.view.id !== place.form)
    throw new Error('The form is not open any more.')
  if (value['type'] === 'button') return people.press(user, action)
  if (choice === undefined) people.fill(user, action, typed(value))
  const told = choice === undefined ? undefined : await people.choose(user, action, choice)
  ws.changed()
  return told ?? {}
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
