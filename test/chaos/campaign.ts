import { writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { text } from '../../playground/workspace/read.ts'
import { type Bots, keepBots } from './bots.ts'
import { approveAgain, lookForTheBot } from './deciding.ts'
import { evidenceOf } from './evidence.ts'
import { type Verdict, judge } from './judge.ts'
import { killBots } from './kills.ts'
import { type Link, openLink } from './link.ts'
import { OPERATIONS, OPERATION_NAMES, type Operation } from './operations.ts'
import { type Count, isAhead } from './pace.ts'
import { type Pauses, pauseBot } from './pauses.ts'
import { workOnJobs } from './people.ts'
import { type Random, randomOf } from './random.ts'
import { endingOf } from './sentences.ts'
import { makeTrouble } from './trouble.ts'
import { jobIdOn } from './screen.ts'
import { APPROVERS, CHANNEL, type ChaosWorld, type Engine, GRACE, openWorld } from './world.ts'

export type Campaign = {
  engine: Engine
  kills: number
  /** Bots that are stopped and go on. On PostgreSQL, some of their links freeze and go on, too. */
  pauses: number
  /** Milliseconds that a pause lasts at most. */
  longest: number
  seed: number
  bots: number
  /** A file for the evidence that the judge reads. */
  keep?: string | undefined
  onProgress?: (stage: string) => void
}

/** What was done to bots that were alive. */
type Happened = { kills: number } & Pauses

/** Milliseconds that everything may take to settle after the last fault. */
const REST = 180_000

/** Milliseconds: as many times `GRACE` as in production. Many approvals are older after a long pause. */
const PATIENCE = 5 * GRACE

/**
 * People work, things break, bots are killed and paused until the numbers are reached; then nothing
 * breaks any more, everything comes to an end, and the judge looks.
 */
export async function runCampaign(campaign: Campaign): Promise<Verdict & { happened: Happened }> {
  const { engine, keep, onProgress } = campaign
  await using opened = new AsyncDisposableStack()
  const world = await openWorld(engine, opened)
  const links = await openLinks(campaign, world, opened)
  const bots = keepBots(envsOf(campaign, world, links))
  opened.defer(async () => {
    for (const link of links) link.thaw()
    await bots.stop()
  })
  await bots.allUp()
  const happened = await disturb(campaign, world, bots, links)

  world.dts.clearFaults()
  world.slack.faults.clear()
  await bots.allUp()
  onProgress?.('waiting for every card to end')
  await rest(world)
  const evidence = evidenceOf(world)
  if (keep) await writeFile(keep, JSON.stringify(evidence))
  return { ...judge(evidence), happened }
}

/** Only for pauses, one link to PostgreSQL for each bot. */
async function openLinks(
  { pauses, bots }: Campaign,
  { env: { DATABASE_URL: url } }: ChaosWorld,
  opened: AsyncDisposableStack,
): Promise<Link[]> {
  if (!url || pauses === 0) return []
  const links = await Promise.all(Array.from({ length: bots }, () => openLink(url)))
  for (const link of links) opened.defer(() => link.close())
  return links
}

function envsOf({ pauses, bots }: Campaign, { env }: ChaosWorld, links: Link[]) {
  return Array.from({ length: bots }, (_, which) => ({
    ...env,
    ...(pauses > 0 && { PATIENCE: `${PATIENCE}` }),
    ...(links[which] && { DATABASE_URL: links[which].url }),
  }))
}

/** Until the numbers are reached. When it resolves, whatever was paused or frozen goes on. */
async function disturb(
  { kills, pauses, longest, seed, onProgress }: Campaign,
  world: ChaosWorld,
  bots: Bots,
  links: Link[],
): Promise<Happened> {
  const happened: Pauses = { pauses: 0, freezes: 0 }
  // A slow machine may kill bots faster than people get anything done.
  const over = (): boolean =>
    bots.kills >= kills &&
    happened.pauses >= pauses &&
    isDone(world, BEGINS) &&
    isDone(world, BESIDE)
  const work = world.requesters.map((requester, index) =>
    workOnJobs(world, randomOf(seed + index), requester, over),
  )
  const again = approveAgain(world, randomOf(seed + 500), over)
  const looking = lookForTheBot(world, over)
  const trouble = makeTrouble(world, randomOf(seed + 100), over)
  const outages = breakDatabase(world, randomOf(seed + 200), over)
  const killed: Count = () => [bots.kills, kills]
  const paused: Count = () => [happened.pauses, pauses]
  const pausing = bots.all.map(async (which) => {
    const pausable = { bots, which, link: links[which], longest }
    const pace = { over, isTooEarly: () => isAhead(paused, killed) }
    if (pauses > 0) await pauseBot(pausable, randomOf(seed + 400 + which), happened, pace)
  })
  const pace = { over, isTooEarly: () => isAhead(killed, paused) }
  await killBots(world, bots, randomOf(seed + 300), pace, (nth) => {
    if (nth % 25 > 0) return
    onProgress?.(`${nth} kills, ${happened.pauses} pauses, ${world.dts.jobs.length} jobs`)
  })
  onProgress?.('waiting for people to finish')
  await Promise.all([...work, again, looking, trouble, outages, ...pausing])
  return { kills: bots.kills, ...happened }
}

const BEGINS: Operation[] = ['start']
const BESIDE = OPERATION_NAMES.filter((name) => !BEGINS.includes(name))

/** Whether one of these took effect. */
function isDone({ dts }: ChaosWorld, operations: Operation[]): boolean {
  const actions = operations.map((name) => `${OPERATIONS[name].action}`)
  return dts.requests.some((one) => actions.includes(one.action) && one.effective)
}

async function breakDatabase(
  { breakDatabase: breakIt }: ChaosWorld,
  random: Random,
  over: () => boolean,
): Promise<void> {
  while (breakIt && !over()) {
    await sleep(random.between(5_000, 20_000))
    await breakIt(random.between(0, 2_000))
  }
}

/**
 * Waits until every card has ended and nothing changes any more, or until `REST` is over. Nobody wants
 * anything more of the jobs that go on.
 */
async function rest(world: ChaosWorld): Promise<void> {
  const { slack, dts } = world
  const [bo] = APPROVERS
  const until = Date.now() + REST
  let isAtRest = false
  const isOver = (): boolean => isAtRest || Date.now() > until
  const looking = lookForTheBot(world, isOver)
  let last = ''
  while (!isOver()) {
    await sleep(3_000)
    dts.skip(5_000)
    const open = slack.ws.messages.filter(
      (m) => m.channel === CHANNEL && !m.threadTs && !endingOf(text(m)),
    )
    const now = `${slack.ws.messages.length} ${slack.ws.versions.length}`
    if (now === last) {
      isAtRest = open.length === 0
      for (const card of open) {
        // What nobody has asked anything about is its owner's business.
        const owner = / for @(\w+)\n/.exec(text(card))?.[1] ?? bo
        for (const by of [bo, owner]) {
          await slack.people.command(by, CHANNEL, `/dts unwatch ${jobIdOn(card)}`)
        }
      }
    }
    last = now
  }
  await looking
}
