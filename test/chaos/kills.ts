import { setTimeout as sleep } from 'node:timers/promises'
import type { Bots } from './bots.ts'
import type { Pace } from './pace.ts'
import type { Random } from './random.ts'
import type { ChaosWorld } from './world.ts'

/** Kills one bot after the other until `over`. */
export async function killBots(
  { dts }: ChaosWorld,
  bots: Bots,
  random: Random,
  { over, isTooEarly }: Pace,
  onKill: (nth: number) => void,
): Promise<void> {
  while (!over()) {
    if (isTooEarly()) {
      await sleep(200)
      continue
    }
    const victim = random.between(0, bots.all.length)
    // Most are killed while they work, some while they start.
    if (random.chance(0.9)) await bots.up(victim)
    await sleep(random.between(0, 3_000))
    if (bots.kill(victim)) onKill(bots.kills)
    dts.skip(random.between(0, 1_500))
  }
}
