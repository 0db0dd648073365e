import { codesOf } from '../dts/trouble.ts'
import type { Event, News } from '../migration/event.ts'
import type { Ending, Migration } from '../migration/migration.ts'
import { OPERATION } from '../views/wording/en/operations.ts'
import { is } from '../views/wording/en/job.ts'
import { foundOut } from './found-out.ts'
import type { Told } from './told.ts'

/** In plain words, and how the migration ended if it did. */
export function whatHappened(event: Event, news: News | undefined, after: Migration): Told {
  const told = toldOf(event, news, after)
  const { ending } = after.ended ?? {}
  if (!ending) return told
  return { ...endingCode(ending), ...told, what: `${told.what}; ${ENDED[ending.how]}` }
}

function toldOf(event: Event, news: News | undefined, after: Migration): Told {
  const about = 'request'
  switch (event.type) {
    case 'requested': {
      const { requester: by, reason, operation } = event
      return { what: `asked to ${OPERATION[operation].to}`, about, by, reason, sees: true }
    }
    case 'watched': {
      const { by, check } = event
      if (!check) return { what: 'asked to follow the job', about: 'job', by, sees: true }
      const { requestId, thenAsk } = check
      const next = thenAsk ? ', and to ask for the start once it has passed' : ''
      const what = `had DTS check the job${next}`
      return { what, about: 'job', by, requestId, reason: thenAsk?.reason, sees: true }
    }
    case 'approved': {
      const what = news === 'voted' ? 'approved; more approvals are needed' : 'approved'
      return { what, about, by: event.by, sees: true }
    }
    case 'rejected':
      return { what: 'rejected', about, by: event.by, reason: event.reason, sees: true }
    case 'expired':
      return { what: 'nobody decided in time', about }
    case 'changed':
      return { what: 'not sent: the job had changed; people were asked again', about, sees: true }
    case 'outdated':
      return { what: 'not sent: the approval was too old; people were asked again', about }
    case 'settled': {
      const effect = event.tookEffect ? 'it took effect' : 'it did not take effect'
      return { what: `said that ${effect}`, about, by: event.by }
    }
    case 'watchStopped':
      return { what: 'ended the watch', about: 'job', by: event.by }
    case 'undeliverable':
      return { what: 'Slack rejected the card', about, errorCode: event.error }
    case 'blocked':
    case 'attempted':
    case 'accepted':
    case 'throttled':
    case 'denied':
    case 'lost':
      return ofTheCall(event, news, after)
    case 'checkBegun':
    case 'checkDenied':
    case 'compareAsked':
    case 'compareSending':
    case 'compareCreated':
    case 'compareDenied':
      return withoutApproval(event)
    case 'compareSeen':
    case 'compareUnseen':
    case 'observed':
    case 'checked':
    case 'missing':
    case 'unseen':
    case 'delayed':
      return foundOut(event, news, after)
  }
}

type WithoutApproval = Extract<
  Event,
  {
    type:
      | 'checkBegun'
      | 'checkDenied'
      | 'compareAsked'
      | 'compareSending'
      | 'compareCreated'
      | 'compareDenied'
  }
>

/** What changes nothing at either end. */
function withoutApproval(event: WithoutApproval): Told {
  const about = 'job'
  switch (event.type) {
    case 'checkBegun': {
      const what = 'DTS checks the job again after the skip'
      return { what, about, requestId: event.requestId }
    }
    case 'checkDenied':
      return { what: 'DTS did not check the job again', about, ...codesOf(event.trouble) }
    case 'compareAsked':
      return { what: 'asked to compare both ends', about, by: event.by }
    case 'compareSending':
    case 'compareCreated':
      return { what: 'having DTS compare both ends', about }
    case 'compareDenied':
      return { what: 'DTS did not compare both ends', about, ...codesOf(event.trouble) }
  }
}

type OfTheCall = Extract<
  Event,
  { type: 'blocked' | 'attempted' | 'accepted' | 'throttled' | 'denied' | 'lost' }
>

function ofTheCall(event: OfTheCall, news: News | undefined, after: Migration): Told {
  const about = 'request'
  switch (event.type) {
    case 'blocked':
      return { what: `not sent: the job ${is(event)}`, about }
    case 'attempted':
      return { what: `sending it to DTS, attempt ${after.order?.attempts ?? '?'}`, about }
    case 'accepted':
      return { what: 'DTS accepted it', about, requestId: event.requestId }
    case 'throttled': {
      const next = news === 'throttled' ? '; it is sent again' : ''
      return { what: `DTS refused it, rate limit${next}`, about, ...codesOf(event.trouble) }
    }
    case 'denied': {
      const what = event.token === undefined ? 'not sent: DTS refused the look' : 'DTS refused it'
      return { what, about, ...codesOf(event.trouble) }
    }
    case 'lost':
      return { what: 'no usable answer, outcome unknown', about, ...codesOf(event.trouble) }
  }
}

const ENDED: Record<Ending['how'], string> = {
  rejected: 'the migration ended',
  expired: 'the migration ended',
  blocked: 'the migration ended',
  denied: 'the migration ended',
  noEffect: 'the migration ended',
  done: 'the migration ended: done',
  failed: 'the migration ended: the job failed',
  stopped: 'the migration ended: the job was stopped',
  notRunning: 'the migration ended: the job is not running',
  checked: 'the migration ended',
  watchStopped: 'the migration ended',
  gone: 'the migration ended: DTS no longer has the job',
  undeliverable: 'the migration ended',
}

function endingCode(ending: Ending): Pick<Told, 'errorCode' | 'requestId'> {
  if (ending.how === 'failed') {
    return { requestId: ending.requestId, errorCode: ending.errors[0]?.code }
  }
  return 'trouble' in ending && ending.trouble ? codesOf(ending.trouble) : {}
}
