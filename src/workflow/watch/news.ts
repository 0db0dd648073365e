import type { Clock } from '../../clock.ts'
import type { Look } from '../../dts/job.ts'
import { SIGN_OF_LIFE, progressOf, stateOf } from '../../migration/snapshot.ts'
import type { Followed } from './followed.ts'

/** Whether a look at a job, of so many that are followed, says anything that its row does not know. */
export type IsNews = (followed: Followed, look: Look, count: number) => boolean

/**
 * States are news at once. Progress and signs of life share what the bot can save and Slack can show:
 * of very many jobs they come late.
 */
export function createIsNews({ monotonic }: Clock): IsNews {
  let left = MOST_AT_ONCE
  let filledAt = monotonic()
  const take = (): boolean => {
    const now = monotonic()
    left = Math.min(MOST_AT_ONCE, left + ((now - filledAt) / 1_000) * PER_SECOND)
    filledAt = now
    if (left < 1) return false
    left--
    return true
  }

  return (followed, look, count) => {
    if (followed.isDelicate || stateOf(look) !== followed.state) return true
    const age = Date.parse(look.at) - followed.seenAt
    // What lies in the future was seen while the clock was wrong.
    if (!(age >= 0)) return true
    if (age < (count / PER_SECOND) * 1_000) return false
    return (age >= SIGN_OF_LIFE || progressOf(look) !== followed.progress) && take()
  }
}

const PER_SECOND = 10
const MOST_AT_ONCE = 20
