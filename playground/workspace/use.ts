import type { Deed } from './deed.ts'
import type { PretendSlack } from './server.ts'
import type { Json } from './workspace.ts'

/** Uses an element wherever it is. Throws an Error with a sentence for what is not there. */
export async function use(
  { ws, people }: PretendSlack,
  { user, in: place, action, value, quiet }: Extract<Deed, { do: 'use' }>,
): Promise<unknown> {
  if ('ts' in place) {
    const message = ws.message(place.channel, place.ts)
    if (!message) throw new Error(`There is no message ${place.ts}.`)
    return people.click(user, message, action)
  }
  if ('home' in place) throw new Error('There is nothing to use in Home yet.')
  if (ws.topView(user)?.view.id !== place.form) throw new Error('The form is not open any more.')
  const chosen = (value['selected_option'] as Json | undefined)?.['value']
  if (quiet) {
    const typed = value['value']
    people.fill(user, action, typeof typed === 'string' ? typed : '')
    ws.changed()
    return {}
  }
  return typeof chosen === 'string'
    ? people.choose(user, action, chosen)
    : people.press(user, action)
}
