import { type Click, askOf, mayDecide } from './approve.ts'
import type { Here } from './here.ts'

/** The button *It started*, where the bot cannot find out. */
export async function itStarted(here: Here, args: Click): Promise<void> {
  return settle(here, args, true)
}

/** The button *It did not start*. */
export async function didNotStart(here: Here, args: Click): Promise<void> {
  return settle(here, args, false)
}

/** The button *Stop watching*, on a job that can no longer be looked at. */
export async function letGo(here: Here, { body, action, ack }: Click): Promise<void> {
  const { id } = askOf(action.value ?? '')
  await mayDecide(here, id, body.user)
  await here.workflow.tell(id, { type: 'letGo', by: body.user.id })
  await ack()
}

async function settle(here: Here, { body, action, ack }: Click, started: boolean): Promise<void> {
  const { id } = askOf(action.value ?? '')
  await mayDecide(here, id, body.user)
  await here.workflow.tell(id, { type: 'settled', by: body.user.id, started })
  await ack()
}
