import catalogue from '../../src/dts/error-codes.json' with { type: 'json' }
import type { Answered, Call, Dts } from '../../src/dts/client.ts'
import { isPast } from '../../src/dts/deadline.ts'
import { DtsError, DtsUnreachableError, classify } from '../../src/dts/errors.ts'
import type { Job, JobAddress } from '../../src/dts/job.ts'
import { OPERATIONS } from '../chaos/operations.ts'
import type { Attempt } from './attempts.ts'
import { SimulatedJob, type SimulatedOperation } from './job.ts'
import type { WrittenLooks } from './looks.ts'
import type { Machine, Surroundings } from './machine.ts'
import { MINUTE, SECOND } from './scheduler.ts'

/** A call of one of the operations, as DTS received it. */
export type Received = {
  job: SimulatedJob
  operation: SimulatedOperation
  leftAt: number
  /** How long after its attempt was written down the call left, truly and by its sender's clock. */
  late: { real: number; monotonic: number }
  attempt: Attempt | undefined
  /** The configuration of the job when the call arrived, and since when it has been that. */
  version: number
  versionSince: number
  effect: boolean
  throttled: boolean
}

/** What becomes of a call that arrives. `code`: the error that DTS answers. */
type Arrival = {
  works: boolean
  code?: string
  /** When the call left, truly and by the clock of its sender. */
  leftAt: number
  at: string
  requestId: string
}

const CODES = Object.keys(catalogue).filter((code) => code !== 'fallback' && !code.includes('/'))
const CLOCK_SKEW = 5 * MINUTE
/** The simulated DTS: its jobs, what it received, and a client for each bot. */
export class SimulatedDts {
  readonly jobs = new Map<string, SimulatedJob>()
  readonly received: Received[] = []
  /** When it was asked about each job last, whatever it answered. */
  readonly askedAbout = new Map<string, number>()
  readonly #changedAt = new Map<string, number>()
  readonly #around: Surroundings
  readonly looks: WrittenLooks
  #requests = 0

  constructor(around: Surroundings, looks: WrittenLooks) {
    this.#around = around
    this.looks = looks
  }

  newJob(): SimulatedJob {
    const { time, random } = this.#around
    const job = new SimulatedJob(this.jobs.size + 1, time.now, random)
    this.jobs.set(job.id, job)
    return job
  }

  /** Somebody changes the configuration in the console. */
  change(job: SimulatedJob): void {
    job.version++
    this.#changedAt.set(job.id, this.#around.time.now)
  }

  /** `attempts`: what the bot wrote down last about each job. */
  clientOf(machine: Machine, attempts: Map<string, Attempt>): Dts {
    const act =
      (operation: SimulatedOperation) =>
      async ({ id }: JobAddress, call?: Call): Promise<Answered> => {
        const leave = () => this.#receiving(machine, id, operation, attempts.get(id))
        return { requestId: await this.#ask(machine, OPERATIONS[operation].action, call, leave) }
      }
    const [complete, resume] = [act('cutOver'), act('retry')]
    const unused = async (): Promise<never> => {
      throw new Error('not simulated')
    }
    return {
      versions: ['2018-03-30', '2021-12-06'],
      describeJob: async ({ id }, call) => {
        try {
          return await this.#ask(machine, 'DescribeMigrateJobs', call, () => (arrival) => {
            return this.#seen([id], arrival)[0]
          })
        } catch (error) {
          if (error instanceof DtsError && error.code.startsWith('ResourceNotFound'))
            return undefined
          throw error
        }
      },
      describeJobs: (_, version, { offset, limit }, call) =>
        this.#ask(machine, 'DescribeMigrateJobs', call, () => (arrival) => {
          const known = [...this.jobs.values()].filter((job) => job.apiVersion === version)
          const all = this.#seen(
            known.map(({ id }) => id),
            arrival,
          )
          return { total: all.length, jobs: all.slice(offset, offset + limit) }
        }),
      startJob: act('start'),
      completeJob: (job, _, call) => complete(job, call),
      stopJob: act('stop'),
      pauseJob: act('pause'),
      continueJob: act('continue'),
      resumeJob: (job, _, call) => resume(job, call),
      createCheck: unused,
      describeCheck: unused,
      skipCheckItems: unused,
      compares: () => false,
      createCompare: unused,
      startCompare: unused,
      describeCompares: unused,
      close: async () => {},
    }
  }

  #seen(ids: string[], { leftAt, at, requestId }: Arrival): Job[] {
    const { now } = this.#around.time
    this.looks.answered(requestId, { askedAt: leftAt, seenAt: now })
    return ids.flatMap((id) => {
      this.askedAbout.set(id, now)
      const job = this.jobs.get(id)
      return job && !job.isDeleted ? [job.seen(now, at, requestId)] : []
    })
  }

  #receiving(
    machine: Machine,
    id: string,
    operation: SimulatedOperation,
    attempt: Attempt | undefined,
  ): (arrival: Arrival) => string {
    const { time, trace } = this.#around
    const { clock } = machine
    const leftAt = time.now
    const late = {
      real: leftAt - (attempt?.at ?? 0),
      monotonic: clock.monotonic() - (attempt?.monotonic ?? 0),
    }
    return ({ works, code, requestId }) => {
      const job = this.jobs.get(id)
      if (!job) throw new Error(`there is no job ${id}`)
      const isAllowed = !job.isDeleted && job.allows(operation, time.now)
      const effect = works && isAllowed
      const throttled = classOf(code, operation) === 'backoff'
      trace.say(`DTS receives ${operation} ${id} from ${machine.name}: ${code ?? 'ok'}, ${effect}`)
      this.received.push({
        job,
        operation,
        leftAt,
        late,
        attempt,
        version: job.version,
        versionSince: this.#changedAt.get(id) ?? 0,
        effect,
        throttled,
      })
      if (effect) job.take(operation, time.now, 'bot')
      if (works && !isAllowed)
        throw errorOf(OPERATIONS[operation].action, 'FailedOperation.NotAllowOperation')
      return requestId
    }
  }

  /** One call: it waits for its turn, leaves or not, arrives or not, and is answered or not. */
  async #ask<T>(
    machine: Machine,
    action: string,
    { sendBy }: Call = {},
    leave: () => (arrival: Arrival) => T,
  ): Promise<T> {
    const { life, name, clock } = machine
    const { time, random, chaos } = this.#around
    const slow = (most: number): number =>
      chaos.strikes('slowDts', name) ? random.between(SECOND, most) : random.between(1, 30)
    await time.sleep(slow(20 * SECOND))
    await machine.runs(life)
    const trace = { action, traceId: `trace ${++this.#requests}` }
    if (sendBy && isPast(sendBy, clock)) {
      throw new DtsUnreachableError(trace, { kind: 'tooLate', sent: false })
    }
    const at = new Date(clock.now()).toISOString()
    const leftAt = time.now
    const arrive = leave()
    const isSkewed = Math.abs(machine.ahead) > CLOCK_SKEW
    const lost = chaos.strikes('lostDts', name)
      ? random.pick(['notSent', 'notArrived', 'notArrived', 'silent', 'silent'] as const)
      : undefined
    const code = isSkewed
      ? 'AuthFailure.SignatureExpire'
      : !lost && chaos.strikes('errorOfDts', name)
        ? random.pick(CODES as [string, ...string[]])
        : undefined

    await time.sleep(lost === 'notSent' ? 5 * SECOND : slow(10 * SECOND))
    let answer: { value: T } | { error: unknown } | undefined
    if (lost !== 'notSent' && lost !== 'notArrived') {
      const mayWork = classify(code ?? '', action).retry === 'safe-after-status-check'
      const works = !code || (!isSkewed && mayWork && random.chance(0.5))
      answer = settled(() =>
        arrive({ works, leftAt, at, requestId: trace.traceId, ...(code ? { code } : {}) }),
      )
      if (code) answer = { error: errorOf(action, code) }
    }
    await time.sleep(lost ? random.between(SECOND, 20 * SECOND) : slow(20 * SECOND))
    await machine.runs(life)
    if (lost || !answer) {
      const sent = lost !== 'notSent'
      const kind = sent
        ? random.pick(['timeout', 'httpStatus', 'connection'] as const)
        : 'connection'
      throw new DtsUnreachableError(trace, { kind, sent })
    }
    if ('error' in answer) throw answer.error
    return answer.value
  }
}

function settled<T>(work: () => T): { value: T } | { error: unknown } {
  try {
    return { value: work() }
  } catch (error) {
    return { error }
  }
}

function classOf(code: string | undefined, operation: SimulatedOperation) {
  return code ? classify(code, OPERATIONS[operation].action).retry : undefined
}

function errorOf(action: string, code: string): DtsError {
  return new DtsError({ action, traceId: '' }, { code, requestId: 'request', reason: '' })
}
