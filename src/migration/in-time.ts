import type { Next, Rules } from './event.ts'
import type { AskedCheck, Order, Watch, Watched } from './migration.ts'
import { deadlineOf } from './order.ts'
import { earlier } from './times.ts'

/** What lies in the future was written down while the clock was wrong: its time counts from now. */
export function inTime(
  m: Watched,
  now: string,
  rules: Rules,
  then: (timely: Watched) => Next,
): Next {
  const { look, since, accepted, check, movedAt, statusSince, alarm } = m.watch
  const state = m.order?.state.at === 'unknown' ? m.order.state : undefined
  const ofCheck = [check?.since, check?.seen]
  const ofJob = [look?.at, movedAt, statusSince, alarm?.at]
  const known = [since, accepted?.since, state?.since, ...ofCheck, ...ofJob]
  if (known.every((time) => time === undefined || time <= now)) return then(m)
  const watch: Watch = {
    ...m.watch,
    since: earlier(since, now),
    ...(look && { look: { ...look, at: earlier(look.at, now) } }),
    ...(accepted && { accepted: { ...accepted, since: earlier(accepted.since, now) } }),
    ...(check && { check: checkBack(check, now) }),
    ...(movedAt && { movedAt: earlier(movedAt, now) }),
    ...(statusSince && { statusSince: earlier(statusSince, now) }),
    ...(alarm && { alarm: { ...alarm, at: earlier(alarm.at, now) } }),
  }
  const timely = { ...m, watch, ...(m.order && { order: setBack(m, m.order, now, rules) }) }
  const result = then(timely)
  return result === 'ignored' ? { to: timely, todo: [] } : result
}

function checkBack(check: AskedCheck, now: string): AskedCheck {
  const { since, seen } = check
  return { ...check, since: earlier(since, now), ...(seen && { seen: earlier(seen, now) }) }
}

function setBack({ snapshot, watch }: Watched, order: Order, now: string, rules: Rules): Order {
  const { operation, state } = order
  if (state.at !== 'unknown' || state.since <= now) return order
  const deadline = deadlineOf(operation, now, snapshot, rules, watch.look)
  return { ...order, state: { ...state, since: now, deadline } }
}
