import { isPast } from '../dts/deadline.ts'
import type { Event, Step, Todo } from '../migration/event.ts'
import { next } from '../migration/next.ts'
import { RefusedError } from '../migration/refusal.ts'
import type { Send, Tx } from '../store/store.ts'
import type { Context, Dispatch } from './context.ts'
import { logEvent } from './log-event.ts'

/** The one door by which a migration changes: decided, saved and followed up in one transaction. */
export function createDispatch({
  store,
  rules,
  clock,
  log,
}: Pick<Context, 'store' | 'rules' | 'clock' | 'log'>): Dispatch {
  return async (id, event, fresh) => {
    const step = await store.transact(async (tx) => {
      const row = await tx.lock(id)
      // Whoever was paused saw the past.
      if (fresh && isPast(fresh, clock)) return undefined
      if (!row) throw new RefusedError({ no: 'unknownMigration' })
      const now = new Date(clock.now())
      const result = next(row.migration, event, now.toISOString(), rules)
      if (result === 'ignored') return undefined
      if ('refusal' in result) throw new RefusedError(result.refusal)
      await tx.save(result.to, now.toISOString())
      await record(tx, result, event, now)
      return result
    })
    if (step) logEvent(log, step, event)
    return step?.to
  }
}

/** Adds what happened to the history, and enqueues what must follow. */
export async function record(
  tx: Tx,
  { to, todo, news }: Step,
  event: Event,
  now: Date,
): Promise<void> {
  if (news || !LOOKS.includes(event.type)) await tx.append(to, now.toISOString(), event, news)
  for (const one of todo) await tx.send(workFor(to.id, one, now))
  await tx.send({ queue: 'publish', key: to.id })
}

/** What these find is remembered on the row; the history has what they change for people. */
const LOOKS: Event['type'][] = [
  ...(['observed', 'checked', 'missing', 'unseen', 'delayed'] as const),
  ...(['compareSeen', 'compareUnseen'] as const),
]

function workFor(id: string, todo: Todo, now: Date): Send {
  switch (todo.queue) {
    case 'watch':
      return { queue: 'watch', key: 'all' }
    case 'compare':
      return { queue: 'compare', key: id }
    case 'send':
      return { queue: 'send', key: id, at: new Date(now.getTime() + todo.delay) }
    case 'expire':
      return { queue: 'expire', key: expiryKey(id, todo.request), at: new Date(todo.at) }
  }
}

function expiryKey(id: string, request: number): string {
  return `${id}:${request}`
}

/** The way back from the key of an `expire`. */
export function parseExpiryKey(key: string): { id: string; request: number } {
  const [id = '', request] = key.split(':')
  return { id, request: Number(request) }
}
