import type { Cloud } from '../page/world.ts'
import type { PretendDts } from './pretend-dts.ts'

const CALLS = 100

/** What the page shows of the cloud. */
export function snapshot(dts: PretendDts): Cloud {
  return {
    now: dts.now(),
    speed: dts.speed,
    jobs: dts.jobs.map(
      ({ steps, startedAt: _, endedAt: __, stepPercent: ___, startHidden: ____, ...job }) => ({
        ...job,
        steps: steps.map(({ name, status }) => ({ name, status })),
      }),
    ),
    faults: dts.faults.map(({ kind, action, times }) => ({
      kind,
      times,
      ...(action === undefined ? {} : { action }),
    })),
    calls: dts.requests.slice(-CALLS).map(({ at, action, jobId, outcome, requestId }) => ({
      at,
      action,
      jobId,
      outcome,
      requestId,
    })),
  }
}
