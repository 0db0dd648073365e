import type { Logger } from 'pino'
import { codesOf } from '../dts/trouble.ts'
import type { Event, Step } from '../migration/event.ts'
import type { Ended, Migration } from '../migration/migration.ts'

/**
 * One line for what an event decided, and one more where it ended the migration: ids and codes, never a
 * reason or a text from outside. A look without news is not worth a line.
 */
export function logEvent(log: Logger, step: Step, event: Event): void {
  const { to } = step
  const line = lineOf(step, event)
  if (line) log.info({ ...logIds(to), ...line[1] }, line[0])
  if (to.ended) log.info({ ...logIds(to), ...endOf(to.ended) }, 'migration ended')
}

/** What every line about a migration is found by. */
export function logIds({ id, job }: Pick<Migration, 'id' | 'job'>) {
  return { migration: id, job: job.id, region: job.region, account: job.account }
}

type Line = [phrase: string, values: object]

function lineOf({ to, news }: Step, event: Event): Line | undefined {
  const asked = askedOf(to)
  switch (event.type) {
    case 'requested':
      return requested(to)
    case 'watched': {
      const { by, check } = event
      return check
        ? ['check accepted', { by, requestId: check.requestId }]
        : ['watch requested', { by }]
    }
    case 'approved':
      return [news === 'voted' ? 'vote counted' : 'request approved', { ...asked, by: event.by }]
    case 'rejected':
      return ['request rejected', { ...asked, by: event.by }]
    case 'expired':
      return ['request expired', asked]
    case 'changed':
    case 'outdated':
      return ['approval requested again', { ...asked, replaces: event.request, why: event.type }]
    case 'blocked':
      return ['order blocked', { ...asked, status: event.status }]
    case 'attempted':
      return ['order attempted', { ...asked, attempt: to.order?.attempts }]
    case 'accepted':
      return ['order accepted', { ...asked, requestId: event.requestId }]
    case 'throttled': {
      const phrase = news === 'throttled' ? 'order throttled' : 'order denied'
      return [phrase, { ...asked, ...codesOf(event.trouble) }]
    }
    case 'denied':
      return ['order denied', { ...asked, ...codesOf(event.trouble) }]
    case 'lost':
      return ['order outcome unknown', { ...asked, ...codesOf(event.trouble) }]
    case 'settled':
      return ['order settled', { ...asked, by: event.by, tookEffect: event.tookEffect }]
    case 'watchStopped':
      return ['watch stopped', { by: event.by }]
    case 'undeliverable':
      return ['card undeliverable', { ...asked, errorCode: event.error }]
    case 'checkBegun':
    case 'checkDenied':
    case 'compareAsked':
    case 'compareCreated':
    case 'compareDenied':
      return withoutApproval(event)
    case 'compareSending':
    case 'compareSeen':
    case 'compareUnseen':
    case 'observed':
    case 'checked':
    case 'missing':
    case 'unseen':
    case 'delayed':
      return seen(to, news)
  }
}

type WithoutApproval = Extract<
  Event,
  { type: 'checkBegun' | 'checkDenied' | 'compareAsked' | 'compareCreated' | 'compareDenied' }
>

/** What changes nothing at either end. */
function withoutApproval(event: WithoutApproval): Line {
  switch (event.type) {
    case 'checkBegun':
      return ['check accepted', { requestId: event.requestId }]
    case 'checkDenied':
      return ['check denied', codesOf(event.trouble)]
    case 'compareAsked':
      return ['comparison requested', { by: event.by }]
    case 'compareCreated':
      return ['comparison created', { comparison: event.compareId }]
    case 'compareDenied':
      return ['comparison denied', codesOf(event.trouble)]
  }
}

/** What a look found out. */
function seen(to: Migration, news: Step['news']): Line | undefined {
  const asked = askedOf(to)
  switch (news) {
    case 'requested':
      return requested(to)
    case 'tookEffect':
      return ['order settled', { ...asked, tookEffect: true }]
    case 'failed':
      return ['order settled', { ...asked, tookEffect: false }]
    case 'ended':
      return to.ended?.ending.how === 'noEffect'
        ? ['order settled', { ...asked, tookEffect: false }]
        : undefined
    case 'cannotTell':
      return ['order needs people to settle it', asked]
    case 'notDone':
      return ['order not carried out', asked]
    case 'outOfSight':
      return ['job out of sight', blindnessOf(to)]
    case 'ready':
      return ['job ready to cut over', {}]
    case 'compared':
      return ['comparison over', { result: resultOf(to) }]
    case 'alarm':
      return ['job needs attention', { alarm: to.watch?.alarm?.is }]
    case 'approved':
    case 'voted':
    case 'changed':
    case 'outdated':
    case 'accepted':
    case 'throttled':
    case 'outcomeUnknown':
    case 'checkBegun':
    case undefined:
      return undefined
  }
}

function requested(to: Migration): Line {
  const { requester, expiresAt } = to.request ?? {}
  return ['approval requested', { ...askedOf(to), requester, expiresAt }]
}

/** The request that an order answers to stays the newest one until its outcome is known. */
function askedOf({ request }: Migration) {
  return request ? { request: request.number, operation: request.operation } : {}
}

function resultOf({ watch }: Migration): string | undefined {
  const state = watch?.compare?.state
  return state?.at === 'over' ? state.result : undefined
}

function blindnessOf({ watch }: Migration): object {
  return watch?.blind && 'trouble' in watch.blind ? codesOf(watch.blind.trouble) : {}
}

function endOf({ ending }: Ended): object {
  if ('trouble' in ending && ending.trouble)
    return { ending: ending.how, ...codesOf(ending.trouble) }
  return { ending: ending.how, ...('requestId' in ending ? { requestId: ending.requestId } : {}) }
}
