import { BadInput } from './bad-input.ts'
import { type PretendClock, pretendClock } from './clock.ts'
import { type FaultQueue, faultQueue } from './faults.ts'
import { createJob, type Job, type JobChange, type JobSpec, withSettings } from './job.ts'
import { lastRunAt } from './job-life.ts'
import { nextChange } from './next-change.ts'
import { placeAt } from './place-at.ts'
import { type RateLimit, rateLimit } from './rate-limit.ts'
import type { Planted } from './planted.ts'
import type { Credential } from './signature.ts'
import type { Version } from './version.ts'

/** The state of the pretend DTS. */
export type World = {
  clock: PretendClock
  credentials: readonly Credential[]
  jobs: Map<string, Job>
  faults: FaultQueue
  /** Undefined: any number of calls. */
  limit: RateLimit | undefined
  requests: LoggedRequest[]
  planted: Planted
  /** Versions that were switched off. */
  retired: Set<Version>
  /** Milliseconds by which the service's signing time is ahead of this machine's. */
  ahead: number
}

/** A request in the log. */
export type LoggedRequest = {
  /** Clock milliseconds. */
  at: number
  /** Real milliseconds since 1970. */
  receivedAt: number
  version: string
  action: string
  region: string
  jobId: string | null
  /** The parsed body; null when it was no JSON object. */
  params: Record<string, unknown> | null
  body: string
  /** `ok`, an error code, the kind of a fault, or `pending` until the outcome is known. */
  outcome: string
  /** Real milliseconds from the request to the end of its answer; null until then. */
  ms: number | null
  requestId: string
  /** Whether it changed a job. */
  effective: boolean
}

const LOG_LENGTH = 100_000

/** A world without jobs, in real time. */
export function createWorld(credentials: readonly Credential[]): World {
  return {
    clock: pretendClock(),
    credentials,
    jobs: new Map(),
    faults: faultQueue(),
    limit: rateLimit(Date.now),
    requests: [],
    planted: '',
    retired: new Set(),
    ahead: 0,
  }
}

/** Throws BadInput when the spec is wrong or its id is taken. */
export function addJob(world: World, spec: JobSpec): Job {
  const now = world.clock.now()
  const job = createJob(spec, freeId(world), now)
  if (world.jobs.has(job.id)) throw new BadInput(`id: there is already a job ${job.id}.`)
  placeAt(job, job.status, now)
  world.jobs.set(job.id, job)
  return job
}

/** Changes a job as its owner can in the console; throws BadInput and leaves it as it was. */
export function changeJob(world: World, id: string, change: JobChange): Job {
  const now = world.clock.now()
  const before = jobOf(world, id)
  const job = withSettings(before, change, now)
  if (change.status !== undefined) {
    job.ranAt = lastRunAt(before, now)
    placeAt(job, job.status, now)
  }
  world.jobs.set(id, job)
  return job
}

/** Puts the clock forward to the next change of any job, and returns that job; throws BadInput. */
export function skipToNext(world: World): Job {
  const now = world.clock.now()
  const changes = [...world.jobs.values()].map((job) => ({ job, at: nextChange(job, now) }))
  const [next] = changes
    .flatMap(({ job, at }) => (at === undefined ? [] : [{ job, at }]))
    .toSorted((a, b) => a.at - b.at)
  if (!next) throw new BadInput('Nothing is under way, so nothing will change.')
  world.clock.skip(next.at - now)
  return next.job
}

/** Logs a request; drops the oldest beyond the limit. */
export function logRequest(world: World, entry: LoggedRequest): LoggedRequest {
  world.requests.push(entry)
  if (world.requests.length > LOG_LENGTH) world.requests.shift()
  return entry
}

function jobOf(world: World, id: string): Job {
  const job = world.jobs.get(id)
  if (!job) throw new BadInput(`id: there is no job ${id}.`)
  return job
}

function freeId(world: World): string {
  let number = world.jobs.size
  let id: string
  do {
    number += 1
    id = `dts-${number.toString(36).padStart(8, '0')}`
  } while (world.jobs.has(id))
  return id
}
