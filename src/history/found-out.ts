import { codesOf } from '../dts/trouble.ts'
import type { Event, News } from '../migration/event.ts'
import type { Alarm, CheckOutcome, Migration } from '../migration/migration.ts'
import { OPERATION } from '../views/wording/en/operations.ts'
import type { Told } from './told.ts'

/** What a look at the job found out. `requestId` is that of the look. */
export function foundOut(event: Event, news: News | undefined, after: Migration): Told {
  const requestId = 'look' in event ? event.look.requestId : undefined
  const ofRequest = { about: 'request', requestId } as const
  const ofJob = { about: 'job', requestId } as const
  switch (news) {
    case 'requested': {
      const { requester: by, reason, operation = 'start' } = after.request ?? {}
      const what = `the check has passed: asked to ${OPERATION[operation].to}`
      return { what, ...ofRequest, by, reason, sees: true }
    }
    case 'tookEffect':
      return { what: 'the job shows that it took effect', ...ofRequest }
    case 'failed':
      return { what: NO_EFFECT, ...ofRequest }
    case 'cannotTell':
      return {
        what: 'the job does not show whether it took effect: people are asked',
        ...ofRequest,
      }
    case 'notDone':
      return { what: 'DTS accepted it and did not carry it out', ...ofRequest }
    case 'outOfSight':
      return { what: 'the bot cannot see the job', ...ofJob, ...whyBlind(after) }
    case 'ready':
      return { what: 'ready to cut over', ...ofJob }
    case 'alarm':
      return { what: alarmOf(after), ...ofJob }
    case 'compared':
      return { what: 'a comparison of both ends is over', ...ofJob }
    case 'ended':
      return after.ended?.ending.how === 'noEffect'
        ? { what: NO_EFFECT, ...ofRequest }
        : { what: endOf(after), ...ofJob }
    case 'voted':
    case 'approved':
    case 'changed':
    case 'outdated':
    case 'accepted':
    case 'throttled':
    case 'outcomeUnknown':
    case 'checkBegun':
    case undefined:
      return { what: 'looked at the job', ...ofJob }
  }
}

const NO_EFFECT = 'the job shows that it did not take effect'

function whyBlind({ watch }: Migration): Pick<Told, 'errorCode' | 'requestId'> {
  return watch?.blind && 'trouble' in watch.blind ? codesOf(watch.blind.trouble) : {}
}

function alarmOf({ watch }: Migration): string {
  return watch?.alarm ? ALARMS[watch.alarm.is] : 'the job needs attention'
}

const ALARMS: Record<Alarm['is'], string> = {
  stalled: 'the job makes no progress',
  lagging: 'the lag grows',
  waiting: 'ready to cut over for long, and nobody did',
  changed: 'about to run, and not as people approved it',
  broken: 'the job has stopped on an error',
}

const CHECKED: Record<CheckOutcome['result'], string> = {
  passed: 'the check has passed',
  notPassed: 'the check did not pass',
  unclear: 'DTS showed no result of the check',
}

function endOf({ ended }: Migration): string {
  const { ending } = ended ?? {}
  if (ending?.how === 'checked') return CHECKED[ending.result]
  return 'looked at the job'
}
