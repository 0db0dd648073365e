import type { Logger } from 'pino'
import { CannotStart } from './cannot-start.ts'
import { hearPeople } from './commands/index.ts'
import type { Config } from './config.ts'
import { createDts } from './dts/client.ts'
import { fromValues } from './dts/credentials.ts'
import type { Rules } from './migration.ts'
import { connectSlack } from './slack-app.ts'
import { type Store, StoreError, type StoreOptions, openStore } from './store/store.ts'
import { type Budget, createBudget } from './workflow/budget.ts'
import type { Pass } from './workflow/moments.ts'
import { createPauses } from './workflow/pauses.ts'
import { createWorkflow, handlers } from './workflow/workflow.ts'
import type { World } from './workflow/world.ts'

export type Bot = {
  /** Stops listening, finishes the work in hand, and closes what was opened: in less than 10 s. */
  stop(): Promise<void>
}

/**
 * How long a start may take to show in the job's status, how long to go on trying to look at a job
 * before its start, and how often a start that DTS throttled is sent.
 */
export const RULES: Rules = { grace: 120_000, patience: 600_000, sends: 5 }

/** For tests: other rules, another share of Slack, and somebody who is told of every moment. */
export type Tuning = { rules?: Rules; updates?: Budget; pass?: Pass }

/** Puts the parts together and begins. Throws `CannotStart` with a sentence for the operator. */
export async function startBot(
  config: Config,
  log: Logger,
  { rules = RULES, updates = createBudget(), pass = () => {} }: Tuning = {},
): Promise<Bot> {
  await using opened = new AsyncDisposableStack()
  // Closed in the reverse order: the work in hand needs DTS until the store has let it finish.
  const { region, endpoint, version, ...credentials } = config.dts
  const dts = createDts({ endpoint, version, credentials: fromValues(credentials) })
  opened.defer(() => dts.close())

  const store = await remember({ ...config, log })
  opened.defer(() => store.close())

  const slack = await connectSlack(config.slack, log)
  opened.defer(() => slack.stop())

  const world: World = {
    store,
    dts,
    log,
    rules,
    pass,
    slack: { client: slack.client, updates, pauses: createPauses() },
    approvers: config.approvers,
    askLasts: config.askLasts,
    watchEvery: config.watchEvery,
  }
  const workflow = createWorkflow(world)
  hearPeople(slack.app, {
    ...world,
    workflow,
    teamId: slack.teamId,
    defaultChannel: config.slack.channel,
    defaultRegion: region,
  })
  await store.work(handlers(world, workflow))
  await slack.listen()
  log.info({ mode: config.slack.mode, team: slack.teamId }, 'the bot is up')

  const running = opened.move()
  return { stop: () => running.disposeAsync() }
}

async function remember(options: StoreOptions): Promise<Store> {
  try {
    return await openStore(options)
  } catch (error) {
    if (error instanceof StoreError) throw new CannotStart(error.message, { cause: error })
    throw error
  }
}
