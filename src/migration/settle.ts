/** What people who looked at a job themselves say about it. */
import { end, fail } from './ending.ts'
import type { Event, Next } from './event.ts'
import { type Migration, stageOf } from './migration.ts'
import { accept } from './order.ts'

/** A person looked where the bot cannot, and says whether the order took effect. */
export function settle(
  m: Migration,
  { request, by, tookEffect }: Extract<Event, { type: 'settled' }>,
  now: string,
): Next {
  const { order } = m
  if (!order || order.state.at !== 'unknown' || order.request !== request || !m.watch?.blind) {
    return { refusal: { no: 'tooLate', stage: stageOf(m) } }
  }
  const { since, trouble } = order.state
  if (!tookEffect) return fail(m, now, { how: 'noEffect', trouble, by })
  return { to: accept(m, order, since), todo: [{ queue: 'watch' }], news: 'tookEffect' }
}

/** A person ends the watch; the job goes on. */
export function stopWatching(m: Migration, by: string, now: string): Next {
  if (stageOf(m) !== 'watching') return { refusal: { no: 'tooLate', stage: stageOf(m) } }
  return end(m, now, { how: 'watchStopped', by })
}

/** Whether following the job may lead nowhere: looks tell nothing, or it has failed. */
export function isOfNoUse({ watch }: Migration): boolean {
  const { blind, look } = watch ?? {}
  return blind !== undefined || look?.status === 'unknown' || look?.status === 'failed'
}
