import type { Fault, FaultInput } from './faults.ts'
import { type JobView, viewJob } from './job-view.ts'
import type { JobChange, JobSpec } from './job.ts'
import type { Version } from './version.ts'
import { addJob, changeJob, type LoggedRequest, skipToNext, type World } from './world.ts'

/** The running pretend DTS, and everything that can be done to it besides API calls. */
export type PretendDts = {
  /** `http://127.0.0.1:port`, to be used as the endpoint. */
  readonly url: string
  /** Milliseconds on its clock. */
  now(): number
  readonly speed: number
  /** Every API call so far, refused ones too. */
  readonly requests: readonly LoggedRequest[]
  readonly jobs: readonly JobView[]
  readonly faults: readonly Fault[]
  job(id: string): JobView | undefined
  /** How often a start of this job took effect. */
  starts(jobId: string): number
  /** Throws BadInput. */
  addJob(spec?: JobSpec): JobView
  /** Changes it, or puts it into another status, as its owner could; throws BadInput. */
  changeJob(id: string, change: JobChange): JobView
  /** 1 is real time, 0 stands still, up to 10,000; throws BadInput. */
  setSpeed(speed: number): void
  /** Puts the clock forward; throws BadInput. */
  skip(ms: number): void
  /** Puts the clock forward to the next change of a status or step; throws BadInput. */
  skipToNext(): JobView
  /** Makes the next calls fail; throws BadInput. */
  fault(fault: FaultInput): void
  /** All, or those meant for this job alone. */
  clearFaults(jobId?: string): void
  /** Puts this value wherever an answer can hold a password; '' removes it. */
  plantSecret(value: string): void
  /** Treats every caller's clock as this many milliseconds slow, so that signatures expire. */
  callersAreLate(ms: number): void
  /** Switches a version off, so that its actions are ActionOffline, or on again. */
  retire(version: Version, retired?: boolean): void
  /** Lifts the rate limits. */
  unlimited(): void
  /** Held and half-answered connections end at once. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** What can be done to a world that is served at `url`. */
export function steer(world: World, url: string, close: () => Promise<void>): PretendDts {
  const { clock, faults } = world
  return {
    url,
    now: () => clock.now(),
    get speed() {
      return clock.speed
    },
    get requests() {
      return world.requests
    },
    get jobs() {
      return [...world.jobs.values()].map((job) => viewJob(job, clock.now()))
    },
    get faults() {
      return faults.list()
    },
    job(id) {
      const job = world.jobs.get(id)
      return job && viewJob(job, clock.now())
    },
    starts: (jobId) => world.jobs.get(jobId)?.starts ?? 0,
    addJob: (spec = {}) => viewJob(addJob(world, spec), clock.now()),
    changeJob: (id, change) => viewJob(changeJob(world, id, change), clock.now()),
    setSpeed: (speed) => clock.setSpeed(speed),
    skip: (ms) => clock.skip(ms),
    skipToNext: () => viewJob(skipToNext(world), clock.now()),
    fault: (fault) => faults.add(fault),
    clearFaults: (jobId) => faults.clear(jobId),
    plantSecret: (value) => void (world.planted = value),
    retire(version, retired = true) {
      if (retired) world.retired.add(version)
      else world.retired.delete(version)
    },
    unlimited: () => void (world.limit = undefined),
    callersAreLate: (ms) => void (world.ahead = ms),
    close,
    [Symbol.asyncDispose]: close,
  }
}
