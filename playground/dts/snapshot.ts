import type { Cloud, Job } from '../page/world.ts'
import type { JobView } from './job-view.ts'
import type { PretendDts } from './pretend-dts.ts'

const CALLS = 100
const MINUTE = 60_000

/** What the page shows of the pretend DTS. */
export function snapshot(dts: PretendDts): Cloud {
  return {
    now: Math.floor(dts.now() / MINUTE) * MINUTE,
    speed: dts.speed,
    jobs: dts.jobs.map(shownJob),
    faults: dts.faults.map((fault) => ({
      kind: fault.kind,
      times: fault.times,
      ...(fault.action === undefined ? {} : { action: fault.action }),
      ...('code' in fault ? { code: fault.code } : {}),
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

function shownJob(job: JobView): Job {
  const { id, name, region, from, to, expectAt, overridesRoot, starts } = job
  const { status, state, knownTo, percent, step, lagSeconds, error } = job
  const steps = job.steps.map((one) => ({ name: one.name, status: one.status }))
  const settings = { id, name, region, from, to, expectAt, overridesRoot, starts }
  return { ...settings, status, state, knownTo, percent, step, steps, lagSeconds, error }
}
