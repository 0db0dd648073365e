/** A comparison of source and target that somebody ordered. Times are clock milliseconds. */
export type CompareTask = {
  id: string
  name: string
  createdAt: number
  /** Null until StartCompare. */
  startedAt: number | null
  /** The parameters Objects and Options, as they came. */
  objects: object | null
  options: Record<string, unknown>
}

/** How all comparisons of a job go. */
export type CompareScript = { ends: 'same' | 'different' | 'failed'; ms: number }

/** A comparison waits for so long before it runs. */
const WAITING_MS = 500

/** When it is over; null while nobody started it. */
export function compareEnd({ startedAt }: CompareTask, { ms }: CompareScript): number | null {
  return startedAt === null ? null : startedAt + WAITING_MS + ms
}

/** How it stands, in the words of DescribeCompareTasks; percent is 0 to 100. */
export function compareAt(task: CompareTask, script: CompareScript, now: number) {
  const { startedAt } = task
  if (startedAt === null) return { status: 'created', percent: 0, conclusion: '' } as const

  const done = (now - startedAt - WAITING_MS) / Math.max(script.ms, 1)
  if (done < 0) return { status: 'readyRun', percent: 0, conclusion: '' } as const
  if (done < 1) {
    return { status: 'running', percent: Math.floor(done * 100), conclusion: '' } as const
  }
  if (script.ends === 'failed') return { status: 'failed', percent: 0, conclusion: '' } as const
  return { status: 'success', percent: 100, conclusion: script.ends } as const
}
