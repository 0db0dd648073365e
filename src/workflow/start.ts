import { DtsError, DtsUnreachable, explain } from '../dts/errors.ts'
import type { Job } from '../dts/job.ts'
import { changes } from '../job-facts.ts'
import type { Happening, Migration, Trouble } from '../migration.ts'
import { facts, startedAt } from './facts.ts'
import { troubleOf } from './trouble.ts'
import type { Tell, World } from './world.ts'

/** Milliseconds between looks at a job that DTS would not show. */
const LOOK_AGAIN = 5_000

/**
 * Starts an approved job, once. Look; write the attempt down; call; never call again unless DTS
 * itself refused before any work. A run that finds an attempt without an answer was interrupted.
 */
export async function start(world: World, tell: Tell, id: string): Promise<Date | void> {
  const m = (await world.store.row(id))?.migration
  if (m?.state.at === 'starting') {
    await tell(id, { type: 'lost', trouble: interrupted })
    return
  }
  if (m?.state.at !== 'approved') return

  const found = await look(world, m)
  world.pass('looked')
  const told = await tell(id, found)
  if (found.type === 'delayed') return new Date(Date.now() + LOOK_AGAIN)
  if (found.type !== 'attempted' || !told) return
  world.pass('attempted')
  const answer = await send(world, m)
  world.pass('answered')
  await tell(id, answer)
}

/** `attempted` when the job is what was approved and may be started, else what is in the way. */
async function look({ dts, askLasts }: World, m: Migration): Promise<Happening> {
  let job: Job | undefined
  try {
    job = await dts.describeJob(m.job.region, m.job.id, { priority: 'person' })
  } catch (error) {
    const final = error instanceof DtsError && explain(error.code, error.action).retry === 'never'
    return { type: final ? 'denied' : 'delayed', trouble: troubleOf(error) }
  }
  if (!job) return { type: 'blocked', status: 'missing' }
  if (job.status !== 'checkPass') return { type: 'blocked', status: job.status }
  if (job.digest === m.job.digest) return { type: 'attempted', earlierStart: startedAt(job) ?? '' }
  const is = facts(job)
  const expiresAt = new Date(Date.now() + askLasts).toISOString()
  return { type: 'changed', job: is, changes: changes(m.job, is), expiresAt }
}

async function send({ dts }: World, m: Migration): Promise<Happening> {
  try {
    const { requestId } = await dts.startJob(m.job.region, m.job.id, { priority: 'person' })
    return { type: 'accepted', requestId }
  } catch (error) {
    return { type: verdict(error), trouble: troubleOf(error) }
  }
}

/** What an answer that is not a yes says about whether the start took effect. */
function verdict(error: unknown): 'denied' | 'throttled' | 'lost' {
  if (error instanceof DtsUnreachable) return error.sent ? 'lost' : 'denied'
  if (!(error instanceof DtsError)) return 'lost'
  switch (explain(error.code, error.action).retry) {
    case 'never':
      return 'denied'
    case 'backoff':
      return 'throttled'
    case 'safe-after-status-check':
      return 'lost'
  }
}

const interrupted: Trouble = {
  code: undefined,
  reason: 'I was restarted before the answer came, or could not write it down.',
  requestId: undefined,
  traceId: undefined,
}
