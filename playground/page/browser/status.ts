/** A job's status in the API's numbers, in words. */
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

export function statusWord(status: number): string {
  return WORDS[status] ?? `Status ${status}`
}

export function tone(status: number): 'idle' | 'busy' | 'good' | 'bad' | 'ready' {
  if (status === 5 || status === 10) return 'bad'
  if (status === 9) return 'good'
  if (status === 8) return 'ready'
  return status === 3 || [6, 7, 11, 12].includes(status) ? 'busy' : 'idle'
}
