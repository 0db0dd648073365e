import type { Clock } from '../../clock.ts'
import type { Followed } from './followed.ts'

/** For how long this bot has been looking for each outcome that is unknown, or each check, by migration. */
export function createWaited({ monotonic }: Clock): (all: Followed[]) => Map<string, number> {
  let began = new Map<string, number>()
  return (all) => {
    const now = monotonic()
    const waiting = all.flatMap(({ id, token }) => (token === undefined ? [] : [{ id, token }]))
    began = new Map(waiting.map(({ token }) => [token, began.get(token) ?? now]))
    return new Map(waiting.map(({ id, token }) => [id, now - (began.get(token) ?? now)]))
  }
}
