import type { Context } from '../../src/workflow/context.ts'
import { randomOf } from '../chaos/random.ts'
import { type Services, startBot } from './bot.ts'
import { Chaos } from './chaos.ts'
import { Database } from './database.ts'
import { SimulatedDts } from './dts.ts'
import type { Evidence } from './evidence.ts'
import { judge } from './judge.ts'
import { judgeFresh } from './judge-cards.ts'
import { SIMULATED, type SimulatedOperation } from './job.ts'
import { loneQueue } from './lone-queue.ts'
import { WrittenLooks } from './looks.ts'
import { Machine, type Surroundings } from './machine.ts'
import { type Bot, People } from './people.ts'
import { SharedQueue } from './queue.ts'
import { DAY, HOUR, MINUTE, SECOND, Scheduler } from './scheduler.ts'
import { SimulatedSlack } from './slack.ts'
import { createTrace } from './trace.ts'

export type Outcome = {
  seed: number
  days: number
  /** How often each thing went wrong. */
  faults: Record<string, number>
  effects: Record<SimulatedOperation, number>
  messages: number
  /** Promises that were broken. */
  broken: string[]
  /** Of everything that happened. */
  hash: string
}

export type Options = {
  /** Every line of what happens. */
  print?: ((line: string) => void) | undefined
  decorate?: ((context: Context) => Context) | undefined
}

/** After the storm: long enough for requests to expire and for unknown outcomes to be known. */
const CALM = 42 * MINUTE

/** Days of two or three bots with people and faults, then some hours of calm, then the verdict. */
export async function simulate(seed: number, options: Options = {}): Promise<Outcome> {
  const random = randomOf(seed)
  const time = new Scheduler()
  const begin = time.now
  const trace = createTrace(() => time.now, options.print)
  const chaos = new Chaos(random, trace)
  const around: Surroundings = { time, random, chaos, trace }
  const database = await Database.open(around)
  const queue = new SharedQueue(database, around)
  const slack = new SimulatedSlack(around)
  const count = random.pick([1, 2, 2, 3] as const)
  const machines = ['A', 'B', 'C'].slice(0, count).map((name) => new Machine(name, around))
  const dts = new SimulatedDts(around, new WrittenLooks(machines))
  const services: Services = {
    database,
    queueOf: (machine) => (count === 1 ? loneQueue(machine, database, around) : queue.of(machine)),
    dts,
    slack,
    decorate: options.decorate ?? ((context) => context),
  }
  const bots: Bot[] = machines.map((machine) => ({ machine, context: undefined }))
  for (const bot of bots) connect(bot, services)
  const people = new People(around, bots, slack, dts)

  const storm = random.between(DAY, random.pick([5, 13, 34]) * DAY)
  const asks = random.between(6, 16)
  for (let n = 0; n < asks; n++) {
    const when = n % 2 ? random.between(0, storm) : storm - random.between(0, HOUR)
    time.after(when, () => people.ask())
  }
  for (const { machine } of bots) {
    machine.boot()
    if (chaos.looms('clockAhead'))
      time.after(storm - random.between(0, 10 * MINUTE), () => ahead(machine))
  }
  notice()
  await time.runFor(storm)
  const evidence = (): Evidence => ({
    now: time.now,
    slack,
    dts,
    delivered: people.delivered,
    overlaps: queue.overlaps,
    mostSet: Math.max(...bots.map(({ machine }) => machine.mostSet)),
  })

  trace.say('calm, with wrong clocks')
  settleDown(bots, slack, chaos)
  for (const { machine } of bots) machine.setClock(random.between(-5 * MINUTE, 5 * MINUTE))
  await time.runFor(25 * MINUTE)
  for (const { machine } of bots) machine.setClock(0)
  await time.runFor(3 * MINUTE)
  const fresh = judgeFresh(evidence())
  await time.runFor(CALM)
  const broken = [...fresh, ...judge(evidence())]
  for (const one of broken) trace.say(`BROKEN: ${one}`)
  database.close()
  return {
    seed,
    days: (time.now - begin) / DAY,
    faults: chaos.counts,
    effects: effectsOf(dts),
    messages: slack.messages.length,
    broken,
    hash: trace.hash(),
  }

  function notice(): false {
    dts.looks.notice(time.now, dts.askedAbout)
    time.after(10 * MINUTE, notice)
    return false
  }

  function ahead(machine: Machine): void {
    const by = random.between(HOUR, 20 * HOUR)
    if (machine.setClock(by)) chaos.struck('clockAhead', machine.name)
  }

  function connect(bot: Bot, parts: Services): void {
    const { machine } = bot
    machine.neighbours = {
      up: () => {
        const { life } = machine
        bot.context = undefined
        startBot(machine, parts).then(
          (context) => void (bot.context = context),
          () => machine.life === life && machine.crash(random.between(SECOND, MINUTE)),
        )
      },
      silent: () => queue.silent(machine),
      heard: () => queue.poll(),
    }
  }
}

function settleDown(bots: Bot[], slack: SimulatedSlack, chaos: Chaos): void {
  chaos.calm = true
  slack.archived.clear()
  for (const { machine } of bots) {
    machine.wake()
    machine.reconnect()
    machine.boot()
  }
}

function effectsOf({ received }: SimulatedDts): Outcome['effects'] {
  const counted = SIMULATED.map((name) => {
    return [name, received.filter(({ operation, effect }) => effect && operation === name).length]
  })
  return Object.fromEntries(counted) as Outcome['effects']
}
