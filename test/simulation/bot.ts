import { pino } from 'pino'
import { RULES } from '../../src/bot.ts'
import type { CommandContext } from '../../src/commands/context.ts'
import { createMembers } from '../../src/policy/members.ts'
import { createRateLimits } from '../../src/slack/rate-limits.ts'
import { createUpdateBudget } from '../../src/slack/update-budget.ts'
import type { Engine } from '../../src/store/engine.ts'
import { storeOn } from '../../src/store/store.ts'
import { en } from '../../src/views/wording/en.ts'
import type { Context } from '../../src/workflow/context.ts'
import { createDispatch } from '../../src/workflow/dispatch.ts'
import { handlers } from '../../src/workflow/handlers.ts'
import { type Attempt, notingAttempts } from './attempts.ts'
import type { Database } from './database.ts'
import type { SimulatedDts } from './dts.ts'
import { REGION } from './job.ts'
import type { Machine } from './machine.ts'
import type { SharedQueue } from './queue.ts'
import { HOUR, MINUTE } from './scheduler.ts'
import { type SimulatedSlack, TEAM } from './slack.ts'
import type { Store } from '../../src/store/store.ts'

export type Services = {
  database: Database
  queue: SharedQueue
  dts: SimulatedDts
  slack: SimulatedSlack
  /** A say in what the parts of each bot are. */
  decorate: (context: Context) => Context
}

export const REQUEST_LASTS = HOUR
export const WATCH_EVERY = MINUTE

const log = pino({ level: 'silent' })

/** The real bot in one life of a machine, as src/bot.ts puts it together, without Bolt. */
export async function startBot(machine: Machine, services: Services): Promise<CommandContext> {
  const { database, queue, dts, slack, decorate } = services
  const attempts = new Map<string, Attempt>()
  const { monotonic } = machine.clock
  const client = slack.clientOf(machine)
  const engine = database.engine(queue.of(machine))
  const context = decorate({
    store: storeOf(machine, database, engine, attempts),
    dts: dts.clientOf(machine, attempts),
    slack: {
      client,
      updates: createUpdateBudget(50, 10, monotonic),
      rateLimits: createRateLimits(monotonic),
    },
    clock: machine.clock,
    log,
    words: en,
    rules: RULES,
    requestLasts: REQUEST_LASTS,
    watchEvery: WATCH_EVERY,
  })
  const dispatch = createDispatch(context)
  await context.store.work(handlers(context, dispatch))
  await context.store.transact((tx) => tx.send({ queue: 'watch', key: 'all' }))
  return {
    ...context,
    dispatch,
    teamId: TEAM,
    members: createMembers({ client, teamId: TEAM, log }, monotonic),
    approvers: ['S0ONCALL'],
    defaultChannel: undefined,
    account: 'default',
    defaultRegion: REGION,
  }
}

/** The real store, every call of which travels over the machine's link to the database. */
function storeOf(
  machine: Machine,
  database: Database,
  engine: Engine,
  attempts: Map<string, Attempt>,
): Store {
  const store = notingAttempts(storeOn(engine, log), machine, attempts)
  const ask = <T>(work: () => Promise<T>): Promise<T> => database.ask(machine, work)
  return {
    transact: (work) => ask(() => store.transact(work)),
    row: (id) => ask(() => store.row(id)),
    liveByJob: (job) => ask(() => store.liveByJob(job)),
    latestByJob: (account, jobId) => ask(() => store.latestByJob(account, jobId)),
    watched: () => ask(() => store.watched()),
    undelivered: (id) => ask(() => store.undelivered(id)),
    posting: (id, seq, since) => ask(() => store.posting(id, seq, since)),
    delivered: (id, seq, at) => ask(() => store.delivered(id, seq, at)),
    saveCard: (id, card) => ask(() => store.saveCard(id, card)),
    savePosted: (id, card) => ask(() => store.savePosted(id, card)),
    drawing: (id) => ask(() => store.drawing(id)),
    drawn: (id, hash) => ask(() => store.drawn(id, hash)),
    work: (handlers) => store.work(handlers),
    close: () => store.close(),
  }
}
