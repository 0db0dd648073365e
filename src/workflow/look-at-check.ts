import type { Call } from '../dts/client.ts'
import { DtsError, classify } from '../dts/errors.ts'
import { troubleOf } from '../dts/trouble.ts'
import type { Event } from '../migration/event.ts'
import type { Migration } from '../migration/migration.ts'
import { isToCheckAgain } from '../migration/skip.ts'
import type { Context } from './context.ts'

/**
 * The job first: what DTS then shows of its check is no older. After a skip the bot has DTS check the
 * job again where that is needed; twice does no harm.
 */
export async function lookAtCheck(context: Context, m: Migration, call: Call): Promise<Event> {
  const { dts, rules } = context
  const found = await dts.describeJob(m.job, call)
  if (!found) return { type: 'missing' }
  const { requestId: _, ...check } = await dts.describeCheck(m.job, call)
  const { look, snapshot } = found
  const seen = { look, check, ...(m.watch?.check?.thenAsk && { snapshot }) }
  return isToCheckAgain(m, seen, rules)
    ? checkAgain(context, m, call)
    : { type: 'checked', ...seen }
}

async function checkAgain(
  { dts, log }: Context,
  { id, job }: Migration,
  call: Call,
): Promise<Event> {
  try {
    const { requestId } = await dts.createCheck(job, call)
    return { type: 'checkBegun', requestId }
  } catch (error) {
    log.warn({ err: error, migration: id }, 'check not begun')
    const isFinal =
      error instanceof DtsError && classify(error.code, error.action).retry === 'never'
    return { type: 'checkDenied', trouble: troubleOf(error), isFinal }
  }
}
