import { type JobAddress, type Look, allows } from '../dts/job.ts'
import type { Trouble } from '../dts/trouble.ts'
import type { Refusal } from '../migration/refusal.ts'
import type { FormMemory } from './form-memory.ts'
import { refusalLines } from './refusals.ts'
import type { Line } from './rich.ts'
import { troubleLines } from './trouble.ts'
import type { Wording } from './wording/wording.ts'

/**
 * Why a job cannot be started now. `percent`: 0 to 100. `message`: DTS's own. `unread`: why the check
 * could not be read.
 */
export type Obstacle =
  | { is: 'refused'; refusal: Refusal }
  | { is: 'notFound'; address: JobAddress }
  | { is: 'status'; look: Look; check?: Check; unread?: Trouble }
  | { is: 'trouble'; trouble: Trouble }

type Check = {
  state: 'notStarted' | 'running' | 'passed' | 'notPassed'
  percent?: number | undefined
  message?: string | undefined
}

/** What stands in the way, and the way out. */
export function obstacleLines(why: Obstacle, memory: FormMemory, words: Wording): Line[] {
  switch (why.is) {
    case 'refused':
      return refusalLines(why.refusal, words)
    case 'notFound': {
      const { id, region } = why.address
      return [words.status.notFound(id, region), words.forms.obstacle.anotherRegion()]
    }
    case 'status':
      return [
        words.forms.obstacle.cannotStart(why.look),
        wayOut(why.look, why.check, memory, words),
        ...(why.unread ? troubleLines(why.unread, words) : []),
      ]
    case 'trouble':
      return troubleLines(why.trouble, words)
  }
}

function wayOut(
  look: Look,
  check: Check | undefined,
  { jobId, region }: FormMemory,
  words: Wording,
): Line {
  const { needsCheck, checkAt, checkRunning, checkSays, seeStatus } = words.forms.obstacle
  const { status } = look
  if (status === 'checking') {
    return check?.percent === undefined ? checkRunning() : checkAt(check.percent)
  }
  if (status === 'checkNotPass' && check?.message) return checkSays(check.message)
  if (allows({ look }, 'check')) return needsCheck()
  return jobId ? seeStatus(jobId, region) : []
}
