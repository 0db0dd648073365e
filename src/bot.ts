import { createHash } from 'node:crypto'
import type { Logger } from 'pino'
import { systemClock } from './clock.ts'
import { listen } from './commands/index.ts'
import type { Config } from './config.ts'
import { createDts } from './dts/client.ts'
import { fromValues } from './dts/credentials.ts'
import type { Rules } from './migration/event.ts'
import { createMembers } from './policy/members.ts'
import { connectSlack } from './slack/connect.ts'
import { createRateLimits } from './slack/rate-limits.ts'
import { type UpdateBudget, createUpdateBudget } from './slack/update-budget.ts'
import { openStore } from './store/store.ts'
import { en } from './views/wording/en.ts'
import type { Context } from './workflow/context.ts'
import { createDispatch } from './workflow/dispatch.ts'
import { beginWork } from './workflow/handlers.ts'

export type Bot = {
  /** Stops listening, finishes the work in hand, and closes what was opened: in less than 10 s. */
  stop(): Promise<void>
  /** Rejects, with a sentence for the operator, when the bot can no longer hear people. */
  failed: Promise<never>
}

/**
 * How long an operation may take to show in the job's status, how long to go on trying to look at a
 * job before it, how often a call that DTS throttles is sent, and how soon after the attempt was
 * written down it has to leave.
 */
export const RULES: Rules = { grace: 120_000, patience: 600_000, sends: 5, sendWithin: 10_000 }

/** For tests: other rules, another share of Slack, and a say in what the parts are. */
export type Tuning = {
  rules?: Rules
  updates?: UpdateBudget
  decorate?: (context: Context) => Context
}

/** The one Tencent Cloud account of the environment. */
const ACCOUNT = 'default'

/** Puts the parts together and begins. Throws StoreError or SlackError with a sentence for the operator. */
export async function startBot(
  config: Config,
  log: Logger,
  { rules = RULES, updates = createUpdateBudget(), decorate = (context) => context }: Tuning = {},
): Promise<Bot> {
  await using opened = new AsyncDisposableStack()
  // Closed in the reverse order: the work in hand needs DTS until the store has let it finish.
  const { region, endpoint, versions, ...credentials } = config.dts
  const dts = createDts({
    account: ACCOUNT,
    endpoint,
    versions,
    credentials: fromValues(credentials),
    digestKey: digestKeyOf(config),
  })
  opened.defer(() => dts.close())

  // Slack answers while the store is loaded and opened. Its "no" is met below.
  const connecting = connectSlack(config.slack, log)
  connecting.catch(() => {})
  const store = await openStore({ ...config, log })
  opened.defer(() => store.close())

  const slack = await connecting
  opened.defer(() => slack.stop())

  const context = decorate({
    store,
    dts,
    slack: { client: slack.client, updates, rateLimits: createRateLimits() },
    clock: systemClock,
    log,
    words: en,
    rules,
    requestLasts: config.requestLasts,
    watchEvery: config.watchEvery,
  })
  const dispatch = createDispatch(context)
  const { teamId } = slack
  listen(slack.app, {
    ...context,
    dispatch,
    teamId,
    members: createMembers({ client: context.slack.client, teamId, log }),
    approvers: config.approvers,
    defaultChannel: config.slack.channel,
    account: ACCOUNT,
    defaultRegion: region,
  })
  await beginWork(context, dispatch)
  await slack.listen()
  log.info({ mode: config.slack.mode, team: slack.teamId }, 'bot started')

  const running = opened.move()
  return { stop: () => running.disposeAsync(), failed: slack.failed }
}

/** Of the one secret that outlives temporary credentials. A new bot token has open requests asked again. */
function digestKeyOf({ slack }: Config): string {
  return createHash('sha256').update('dts digest').update(slack.botToken).digest('hex')
}
