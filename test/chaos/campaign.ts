import { writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { text } from '../../playground/workspace/read.ts'
import { keepBots } from './bots.ts'
import { evidenceOf } from './evidence.ts'
import { type Verdict, judge } from './judge.ts'
import { askAndDecide } from './people.ts'
import { type Random, randomOf } from './random.ts'
import { endingOf } from './sentences.ts'
import { makeTrouble } from './trouble.ts'
import { CHANNEL, type ChaosWorld, type Engine, openWorld } from './world.ts'

export type Campaign = {
  engine: Engine
  kills: number
  seed: number
  bots: number
  /** A file for the evidence that the judge reads. */
  keep?: string | undefined
  onProgress?: (stage: string) => void
}

/** Milliseconds that everything may take to settle after the last fault. */
const REST = 180_000

/**
 * People work, things break and bots are killed until the number is reached; then nothing breaks any
 * more, everything comes to an end, and the judge looks.
 */
export async function runCampaign(campaign: Campaign): Promise<Verdict> {
  const { engine, kills, seed, bots: count, keep, onProgress = () => {} } = campaign
  await using opened = new AsyncDisposableStack()
  const world = await openWorld(engine, opened)
  const bots = keepBots(world.env, count)
  opened.defer(() => bots.stop())
  await bots.allUp()

  // A slow machine may kill bots faster than people get anything done.
  const over = (): boolean =>
    bots.kills >= kills && world.dts.jobs.some(({ id }) => world.dts.starts(id) > 0)
  const work = world.requesters.map((requester, index) =>
    askAndDecide(world, randomOf(seed + index), requester, over),
  )
  const trouble = makeTrouble(world, randomOf(seed + 100), over)
  const outages = breakDatabase(world, randomOf(seed + 200), over)
  const random = randomOf(seed + 300)
  while (!over()) {
    const victim = random.between(0, count)
    // Most are killed while they work, some while they start.
    if (random.chance(0.9)) await bots.up(victim)
    await sleep(random.between(0, 3_000))
    bots.kill(victim)
    world.dts.skip(random.between(0, 1_500))
    if (bots.kills % 50 === 0) onProgress(`${bots.kills} kills, ${world.dts.jobs.length} jobs`)
  }
  onProgress('waiting for people to finish')
  await Promise.all([...work, trouble, outages])

  world.dts.clearFaults()
  world.slack.faults.clear()
  await bots.allUp()
  onProgress('waiting for every card to end')
  await rest(world)
  const evidence = evidenceOf(world)
  if (keep) await writeFile(keep, JSON.stringify(evidence))
  return judge(evidence)
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

/** Waits until every card has ended and nothing changes any more, or until `REST` is over. */
async function rest({ slack: { ws }, dts }: ChaosWorld): Promise<void> {
  const busy = (): boolean =>
    ws.messages.some((m) => m.channel === CHANNEL && !m.threadTs && !endingOf(text(m)))
  const until = Date.now() + REST
  let last = ''
  while (Date.now() < until) {
    await sleep(3_000)
    dts.skip(5_000)
    const now = `${ws.messages.length} ${ws.versions.length}`
    if (!busy() && now === last) return
    last = now
  }
}
