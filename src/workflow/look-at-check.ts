import { DtsError, classify } from '../dts/errors.ts'
import type { ListedJob } from '../dts/job.ts'
import { troubleOf } from '../dts/trouble.ts'
import type { Event } from '../migration/event.ts'
import type { Migration } from '../migration/migration.ts'
import { isToCheckAgain } from '../migration/skip.ts'
import type { Context } from './context.ts'

/**
 * The job first: what DTS then shows of its check is no older. After a skip the bot has DTS check the
 * job again where that is needed; twice does no harm. A list does not tell how the job is set up, which
 * people have to see who are asked next.
 */
export async function lookAtCheck(
  context: Context,
  m: Migration,
  shown: ListedJob | undefined,
  signal: AbortSignal,
): Promise<Event> {
  const { dts, rules } = context
  const asksNext = m.watch?.check?.thenAsk !== undefined
  const whole = asksNext || !shown ? await dts.describeJob(m.job, { signal }) : undefined
  const found = whole ?? shown
  if (!found) return { type: 'missing' }
  const { requestId: _, ...check } = await dts.describeCheck(m.job, { signal })
  const seen = { look: found.look, check, ...(asksNext && whole && { snapshot: whole.snapshot }) }
  return isToCheckAgain(m, seen, rules)
    ? checkAgain(context, m, signal)
    : { type: 'checked', ...seen }
}

async function checkAgain(
  { dts, log }: Context,
  { id, job }: Migration,
  signal: AbortSignal,
): Promise<Event> {
  try {
    const { requestId } = await dts.createCheck(job, { signal })
    return { type: 'checkBegun', requestId }
  } catch (error) {
    log.warn({ err: error, migration: id }, 'check not begun')
    const isFinal =
      error instanceof DtsError && classify(error.code, error.action).retry === 'never'
    return { type: 'checkDenied', trouble: troubleOf(error), isFinal }
  }
}
