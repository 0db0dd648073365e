/** How 2021-12-06 calls the state of a job. */
export const STATES = [
  'creating',
  'created',
  'checking',
  'checkPass',
  'checkNotPass',
  'readyRun',
  'running',
  'readyComplete',
  'success',
  'failed',
  'stopping',
  'completing',
  'pausing',
  'manualPaused',
  'resumableErr',
  'resuming',
  'unknown',
  'error',
  'canceled',
] as const

export type State = (typeof STATES)[number]

/** The number that 2018-03-30 shows, or the word of 2021-12-06 where the old version has none. */
export type Status = number | State

/** The one way to write a status: the number, where there is one. */
export function toStatus(status: Status): Status {
  return typeof status === 'number' ? status : (NUMBERS[status] ?? status)
}

/** What 2018-03-30 shows. Undocumented for what came later; here it is 23, unknown. */
export function numberOf(status: Status): number {
  if (typeof status === 'number') return status
  if (status === 'creating') return 1
  if (status === 'canceled') return 10
  return NUMBERS[status] ?? 23
}

/** What 2021-12-06 shows. */
export function stateOf(status: Status): State {
  if (typeof status !== 'number') return status
  // Of a job before its first check, 2018-03-30 documents no number but 1.
  if (status === 1) return 'created'
  return STATES.find((state) => NUMBERS[state] === status) ?? 'unknown'
}

const NUMBERS: Partial<Record<State, number>> = {
  created: 2,
  checking: 3,
  checkPass: 4,
  checkNotPass: 5,
  readyRun: 6,
  running: 7,
  readyComplete: 8,
  success: 9,
  failed: 10,
  stopping: 11,
  completing: 12,
  unknown: 23,
}
