import type { Job } from '../world.ts'

/** A job's status in the numbers of API 2018-03-30, in words. */
const WORDS: Record<number, string> = {
  1: 'Created',
  3: 'Checking',
  4: 'Check passed',
  5: 'Check failed',
  6: 'Starting',
  7: 'Running',
  8: 'Ready to cut over',
  9: 'Done',
  10: 'Failed',
  11: 'Stopping',
  12: 'Cutting over',
}

/** What only API 2021-12-06 has a word for. */
const STATES: Record<string, string> = {
  pausing: 'Pausing',
  manualPaused: 'Paused',
  resumableErr: 'Stopped by an error',
  error: 'Stopped by an error',
  resuming: 'Retrying',
  canceled: 'Stopped',
}

export function statusWord(status: number, state: string): string {
  return STATES[state] ?? WORDS[status] ?? `Status ${status}`
}

/** Which version of the API a job speaks, where it is only one. */
export function versionWord({ knownTo }: Pick<Job, 'knownTo'>): string {
  return knownTo.length === 1 ? `, only in API ${knownTo.join()}` : ''
}

export function tone(status: number): 'idle' | 'busy' | 'good' | 'bad' | 'ready' {
  if (status === 5 || status === 10) return 'bad'
  if (status === 9) return 'good'
  if (status === 8) return 'ready'
  return status === 3 || [6, 7, 11, 12].includes(status) ? 'busy' : 'idle'
}
