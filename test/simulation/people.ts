import type { CommandContext } from '../../src/commands/context.ts'
import type { DecisionName } from '../../src/migration/actions.ts'
import { OFFERED } from '../../src/migration/offers.ts'
import { RefusedError } from '../../src/migration/refusal.ts'
import { ids, parseRequestRef } from '../../src/views/ids.ts'
import { type Act, perform } from './acts.ts'
import type { Fault } from './chaos.ts'
import { Console } from './console.ts'
import type { SimulatedDts } from './dts.ts'
import type { Machine, Surroundings } from './machine.ts'
import { HOUR, MINUTE, SECOND } from './scheduler.ts'
import {
  APPROVERS,
  CHANNELS,
  type Message,
  REQUESTERS,
  type SimulatedSlack,
  type Version,
  buttonsOf,
} from './slack.ts'

/** An act as Slack saw it delivered. `ackedAt`: when a bot acknowledged it, in time. */
export type Delivered = { act: Act; at: number; ackedAt?: number; isAnswered?: boolean }

export type Bot = { machine: Machine; context: CommandContext | undefined }

const ACK_WITHIN = 3 * SECOND
/** A "no" after which people try again, as they do when nothing comes. */
const PASSING = ['cannotTell', 'groupsUnreadable']
const TRIES = 4

/** People ask, press what cards offer, twice or late, and change jobs behind the bot's back. */
export class People {
  readonly delivered: Delivered[] = []
  readonly #around: Surroundings
  readonly #bots: Bot[]
  readonly #slack: SimulatedSlack
  readonly #dts: SimulatedDts
  readonly #console: Console
  #forms = 0

  constructor(around: Surroundings, bots: Bot[], slack: SimulatedSlack, dts: SimulatedDts) {
    this.#around = around
    this.#bots = bots
    this.#slack = slack
    this.#dts = dts
    this.#console = new Console(around, dts, (within, then) => this.#later(within, then))
    slack.onShown = (message, version) => this.#look(message, version)
  }

  /** Somebody asks for the start of a job: a new one, or one that could be started again. */
  ask(): void {
    const { random, time } = this.#around
    const idle = [...this.#dts.jobs.values()].filter(
      (job) => !job.isDeleted && job.allows('start', time.now),
    )
    const [first, ...rest] = idle
    const job = first && random.chance(0.4) ? random.pick([first, ...rest]) : this.#dts.newJob()
    const act: Act = {
      do: 'start',
      by: random.pick(REQUESTERS),
      jobId: job.id,
      channel: random.pick(CHANNELS),
      form: `form ${++this.#forms}`,
    }
    this.#do(act, 0)
    if (random.chance(0.3)) this.#later(10 * MINUTE, () => this.#console.meddle(job))
  }

  /** Somebody reads a message, and does something about it some time. */
  #look(message: Message, version: Version): void {
    const { random } = this.#around
    const buttons = buttonsOf(version)
    for (const { does, value } of buttons) this.#consider(does, value)
    const isCard = message.key?.includes(':card:')
    const migration = message.key?.split(':')[0]
    const offered = OFFERED.filter((name) => buttons.some(({ does }) => does === ids[name]))
    const stands = /^Ready|^The job (?:is paused|has hit)/.test(version.text)
    if (isCard && version.text.startsWith('Outcome unknown')) this.#console.goAndSee(version.text)
    const [first, ...rest] = offered
    if (isCard && migration && first && random.chance(stands ? 0.9 : 0.25)) {
      // Of several, what ends the job comes last.
      const operation = random.chance(0.6) ? first : random.pick([first, ...rest])
      this.#do({ do: 'operate', by: random.pick(REQUESTERS), migration, operation }, 20 * MINUTE)
    }
    const { chaos } = this.#around
    if (chaos.looms('deletedCard')) {
      this.#later(HOUR, () => {
        if (message.isDeleted) return
        chaos.struck('deletedCard', message.ts)
        this.#slack.delete(message)
      })
    }
    if (chaos.looms('archived')) {
      this.#later(HOUR, () => {
        if (this.#slack.archived.has(message.channel)) return
        chaos.struck('archived', message.channel)
        this.#slack.archive(message.channel)
      })
    }
  }

  #consider(does: string, reference: string): void {
    const { random } = this.#around
    const patience = random.pick([
      SECOND,
      MINUTE,
      3 * MINUTE,
      3 * MINUTE,
      10 * MINUTE,
      HOUR,
    ] as const)
    const approver = random.pick(APPROVERS)
    switch (does) {
      case ids.approve:
        if (random.chance(0.85)) this.#do({ do: 'approve', by: approver, reference }, patience)
        if (random.chance(0.1)) {
          this.#do({ do: 'approve', by: random.pick(['U0ANN', 'U0GUEST']), reference }, patience)
        }
        return
      case ids.reject:
        if (random.chance(0.2)) this.#do({ do: 'reject', by: approver, reference }, patience)
        return
      case ids.tookEffect:
        if (random.chance(0.5)) this.#later(patience, () => this.#settle(approver, reference))
        return
      case ids.stopWatching:
        if (random.chance(0.4)) this.#do({ do: 'stopWatching', by: approver, reference }, 2 * HOUR)
    }
  }

  /** Somebody looks at the job in the console, and presses what is true. */
  #settle(by: string, reference: string): void {
    const { id, request } = parseRequestRef(reference) ?? {}
    const calls = this.#dts.received.filter(
      ({ attempt }) => attempt?.migration === id && attempt?.request === request,
    )
    const does: DecisionName = calls.some(({ effect }) => effect) ? 'tookEffect' : 'noEffect'
    this.#deliver({ do: does, by, reference })
  }

  #do(act: Act, within: number): void {
    const { chaos, random } = this.#around
    const again = (fault: Fault, most: number): void => {
      if (!chaos.looms(fault)) return
      this.#later(within + most, () => {
        if (this.#deliver(act)) chaos.struck(fault, act.do)
      })
    }
    this.#later(within, () => void this.#deliver(act))
    again('duplicate', random.pick([SECOND, MINUTE, HOUR]))
    again('late', 5 * HOUR)
  }

  #later(within: number, then: () => void): void {
    const { time, random, chaos } = this.#around
    time.after(random.between(0, within + 1), () => {
      if (chaos.calm) return false
      then()
      return true
    })
  }

  /** Whether a bot was there. */
  #deliver(act: Act, tries = 1): boolean {
    const { random, time, trace } = this.#around
    const [first, ...rest] = this.#bots.filter(({ machine, context }) => machine.isUp && context)
    this.#tryAgain(act, tries)
    if (!first) return false
    const { machine, context } = random.pick([first, ...rest])
    if (!context) return false
    const delivered: Delivered = { act, at: time.now }
    this.delivered.push(delivered)
    trace.say(`${act.by} to ${machine.name}: ${nameOf(act)}`)
    const { life } = machine
    const handle = async (): Promise<void> => {
      await machine.runs(life)
      await perform(context, act, async () => this.#acked(delivered))
    }
    handle().catch((error: unknown) => {
      const no = error instanceof RefusedError ? error.refusal.no : String(error)
      delivered.isAnswered = error instanceof RefusedError && !PASSING.includes(no)
      trace.say(`${act.by} is told: ${no}`)
    })
    return true
  }

  /** Nothing came back: once more. */
  #tryAgain(act: Act, tries: number): void {
    const { time, random, chaos } = this.#around
    const before = this.delivered.length
    time.after(random.between(10 * SECOND, 2 * MINUTE), () => {
      const isDone = this.delivered
        .slice(before)
        .some((one) => one.act === act && (one.ackedAt !== undefined || one.isAnswered))
      if (isDone || tries >= TRIES || chaos.calm) return false
      this.#deliver(act, tries + 1)
      return true
    })
  }

  #acked(delivered: Delivered): void {
    const { time, chaos, trace, random } = this.#around
    if (time.now - delivered.at > ACK_WITHIN || chaos.strikes('lostAck')) return
    delivered.ackedAt = time.now
    trace.say(`${delivered.act.by} sees ${nameOf(delivered.act)} taken`)
    if (delivered.act.do !== 'approve' || !chaos.strikes('outage')) return
    for (const { machine } of this.#bots) machine.crash(random.between(MINUTE, HOUR))
  }
}

function nameOf(act: Act): string {
  if (act.do === 'start') return `start ${act.jobId} in ${act.channel} (${act.form})`
  return act.do === 'operate' ? `${act.operation} ${act.migration}` : `${act.do} ${act.reference}`
}
