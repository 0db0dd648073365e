import type { Migration } from '../migration/migration.ts'
import type { OperationName } from '../migration/operation.ts'
import type { Recorded } from '../store/history.ts'
import { type Seen, seenIn } from './seen.ts'
import { whatHappened } from './what-happened.ts'

/**
 * One entry of the history as it is shown. `what` is in plain words. `by`: the Slack user id of the
 * person who did it. `reason`: their own words. Texts are from outside and not made safe to print.
 */
export type HistoryRecord = {
  at: string
  job: string
  region: string
  account: string
  migration: string
  request?: number | undefined
  operation?: OperationName | undefined
  what: string
  by?: string | undefined
  reason?: string | undefined
  requestId?: string | undefined
  errorCode?: string | undefined
  /** What the person had before them. */
  saw?: Seen | undefined
}

export function recordOf({ at, job, migration, seq, is }: Recorded): HistoryRecord {
  const ids = { at, job: job.id, region: job.region, account: job.account, migration }
  if (!is) return { ...ids, what: `entry ${seq} of this migration cannot be read by this release` }
  const { event, news, after } = is
  const { about, sees, ...told } = whatHappened(event, news, after)
  return {
    ...ids,
    ...(about === 'request' ? requestIn(after) : {}),
    ...told,
    ...(sees ? { saw: seenIn(after, event) } : {}),
  }
}

function requestIn({ request }: Migration): Pick<HistoryRecord, 'request' | 'operation'> {
  return request ? { request: request.number, operation: request.operation } : {}
}
