import { lifeAt } from '../job-life.ts'
import type { Job } from '../job.ts'
import { type State, stateOf } from '../status.ts'

/** What an answer lists as AllAction. Pausing and going on are not among them. */
const ALL = [
  'view',
  'modify',
  'check',
  'start',
  'configure',
  'stop',
  'complete',
  'resume',
  'createCmpTask',
  'isolate',
  'offline',
  'resize',
  'recover',
] as const

type Deed = (typeof ALL)[number] | 'pause' | 'continue'

/** The field Action of an answer. */
export function actionField(job: Job, now: number) {
  const allowed = allowedNow(job, now)
  const listed = allowed.filter((deed) => ALL.some((one) => one === deed))
  // The official sample names "view" a second time.
  return { AllAction: [...ALL], AllowedAction: [...listed, 'view'] }
}

/** What can be done with the job at its moment. */
export function allowedNow(job: Job, now: number): Deed[] {
  const { status } = lifeAt(job, now)
  return ['view', ...deedsAt(stateOf(status), isRetriable(job))]
}

// Documented for stop and complete; elsewhere what the names of the states suggest.
function deedsAt(state: State, retriable: boolean): Deed[] {
  switch (state) {
    case 'created':
    case 'checkNotPass':
      return ['modify', 'check', 'configure', 'isolate', 'resize']
    case 'checkPass':
      return ['modify', 'check', 'start', 'configure', 'isolate', 'resize']
    case 'readyRun':
      return ['stop', 'isolate']
    case 'running':
      return ['stop', 'pause', 'isolate', 'resize']
    case 'readyComplete':
      return ['stop', 'pause', 'complete', 'createCmpTask', 'isolate', 'resize']
    case 'manualPaused':
      return ['stop', 'continue', 'isolate']
    case 'resumableErr':
      return ['stop', 'resume', 'isolate']
    case 'failed':
      return retriable ? ['check', 'resume', 'isolate'] : ['check', 'isolate']
    case 'error':
    case 'unknown':
      return ['stop', 'isolate']
    case 'success':
    case 'canceled':
      return ['isolate']
    case 'creating':
    case 'checking':
    case 'stopping':
    case 'completing':
    case 'pausing':
    case 'resuming':
      return []
  }
}

/** Redis alone is tried again after it failed. */
function isRetriable({ source, fails }: Job): boolean {
  return source.database === 'redis' && fails !== null
}
