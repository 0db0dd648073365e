import { CHECK_STEPS, type CheckItem, type CheckStepId } from '../check-steps.ts'
import { checkAt } from '../job-life.ts'
import type { Job } from '../job.ts'

/** A step of a check. `item` is what it found, if it is more than a pass. */
export type StepAt = {
  id: CheckStepId
  name: string
  outcome: 'pass' | 'failed' | 'warning' | 'notStarted' | 'blocked'
  skipped: boolean
  item: CheckItem | null
}

/** How far the steps of the last check are; the same steps whatever the databases. */
export function checkStepsAt(job: Job, now: number): StepAt[] {
  const { percent, flag, status } = checkAt(job, now)
  const ids = Object.keys(CHECK_STEPS) as CheckStepId[]
  const done = status === 'unavailable' ? 0 : Math.floor((percent / 100) * ids.length)
  // A flag of the check before says nothing on the steps of this one.
  const passed = status === 'finished' && flag === 1
  const connected = passed || !job.checkItems.some(isConnectionFailure)

  return ids.map((id, index): StepAt => {
    const name = CHECK_STEPS[id]
    const skipped = job.skipped.includes(id)
    const item = job.checkItems.find(({ step }) => step === id) ?? null
    const nothing = { id, name, skipped, item: null }
    if (index >= done) return { ...nothing, outcome: 'notStarted' }
    if (index > 0 && !connected) return { ...nothing, outcome: 'blocked' }
    if (!item || (passed && item.result === 'failed' && !skipped)) {
      return { ...nothing, outcome: 'pass' }
    }
    return { ...nothing, item, outcome: item.result }
  })
}

function isConnectionFailure({ step, result }: CheckItem): boolean {
  return step === 'ConnectDBCheck' && result === 'failed'
}
