import { pino } from 'pino'
import { RULES } from '../../src/bot.ts'
import type { CommandContext } from '../../src/commands/context.ts'
import { createMembers } from '../../src/policy/members.ts'
import { createRateLimits } from '../../src/slack/rate-limits.ts'
import { createUpdateBudget } from '../../src/slack/update-budget.ts'
import type { Engine } from '../../src/store/engine.ts'
import type { Queue } from '../../src/store/queue.ts'
import { type Store, storeOn } from '../../src/store/store.ts'
import { en } from '../../src/views/wording/en.ts'
import type { Context } from '../../src/workflow/context.ts'
import { createDispatch } from '../../src/workflow/dispatch.ts'
import { beginWork } from '../../src/workflow/handlers.ts'
import { type Attempt, notingWrites } from './attempts.ts'
import type { Database } from './database.ts'
import type { SimulatedDts } from './dts.ts'
import { REGION } from './job.ts'
import type { Machine } from './machine.ts'
import { MINUTE } from './scheduler.ts'
import { type SimulatedSlack, TEAM } from './slack.ts'

export type Services = {
  database: Database
  queueOf: (machine: Machine) => Queue
  dts: SimulatedDts
  slack: SimulatedSlack
  /** A say in what the parts of each bot are. */
  decorate: (context: Context) => Context
}

export const REQUEST_LASTS = 30 * MINUTE
export const WATCH_EVERY = MINUTE

export const log = pino({ level: 'silent' })

/** The real bot in one life of a machine, as src/bot.ts puts it together, without Bolt. */
export async function startBot(machine: Machine, services: Services): Promise<CommandContext> {
  const { database, queueOf, dts, slack, decorate } = services
  const attempts = new Map<string, Attempt>()
  const { monotonic } = machine.clock
  const client = slack.clientOf(machine)
  const db = database.kysely
  const queue = queueOf(machine)
  const engine = { db, queue, locksRows: false, deservesRetry: () => false }
  const context = decorate({
    store: storeOf(machine, database, engine, dts, attempts),
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
  await beginWork(context, dispatch)
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
  dts: SimulatedDts,
  attempts: Map<string, Attempt>,
): Store {
  const store = notingWrites(database.reads.of(storeOn(engine, log)), machine, attempts, dts.looks)
  const ask = <T>(work: () => Promise<T>): Promise<T> => database.ask(machine, work)
  return {
    transact: (work) => ask(() => store.transact(work)),
    row: (id) => ask(() => store.row(id)),
    liveByJob: (job) => ask(() => store.liveByJob(job)),
    latestByJob: (account, jobId) => ask(() => store.latestByJob(account, jobId)),
    live: () => ask(() => store.live()),
    watched: (since) => ask(() => store.watched(since)),
    rows: (ids) => ask(() => store.rows(ids)),
    undelivered: (id) => ask(() => store.undelivered(id)),
    posting: (id, seq, since) => ask(() => store.posting(id, seq, since)),
    delivered: (id, seq, at) => ask(() => store.delivered(id, seq, at)),
    saveCard: (id, card) => ask(() => store.saveCard(id, card)),
    savePosted: (id, card) => ask(() => store.savePosted(id, card)),
    drawing: (id, now, until) => ask(() => store.drawing(id, now, until)),
    drawn: (id, hash) => ask(() => store.drawn(id, hash)),
    work: (handlers) => store.work(handlers),
    close: () => store.close(),
  }
}
