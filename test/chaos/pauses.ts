import { setTimeout as sleep } from 'node:timers/promises'
import type { Bots } from './bots.ts'
import type { Link } from './link.ts'
import type { Pace } from './pace.ts'
import type { Random } from './random.ts'

export type Pauses = {
  /** Processes that were stopped while they were alive, and went on or were killed. */
  pauses: number
  /** Links that were frozen while their bot was alive. */
  freezes: number
}

/** Milliseconds that most pauses last: longer than a call may wait, or not. */
const SHORT = [300, 8_000] as const
/** Milliseconds: in the longer ones, another bot takes over and finds out. */
const LONG = 20_000

/** What may be paused: a bot, and its link to the database where it has one. */
type Pausable = { bots: Bots; which: number; link: Link | undefined; longest: number }

/** Pauses one bot, or freezes its link, again and again until `over`. Adds to `happened`. */
export async function pauseBot(
  { bots, which, link, longest }: Pausable,
  random: Random,
  happened: Pauses,
  { over, isTooEarly }: Pace,
): Promise<void> {
  while (!over()) {
    await sleep(random.between(0, 5_000))
    await bots.up(which)
    if (over() || isTooEarly()) continue
    // Kills hit few of the paused ones: otherwise hardly a pause would be long.
    const release = random.chance(0.8) ? bots.spare(which) : () => {}
    const [from, to] = random.chance(link ? 0.3 : 0.15) ? [LONG, longest] : SHORT
    const ms = Math.min(longest, random.between(from, to))
    if (link && random.chance(0.3)) {
      if (bots.isAlive(which)) happened.freezes += 1
      link.freeze()
      await Promise.race([bots.gone(which), sleep(ms, undefined, { ref: false })])
      link.thaw()
    } else if (await bots.pause(which, ms, random.chance(0.7))) {
      happened.pauses += 1
    }
    release()
  }
}
