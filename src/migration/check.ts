/** How a check goes that somebody had DTS make: see `Watch.check`. */
import type { Check } from '../dts/api.ts'
import { type Look, type Snapshot, allows } from '../dts/job.ts'
import { outcomeOf } from './check-items.ts'
import { end } from './ending.ts'
import type { Event, Next, Rules, Step } from './event.ts'
import { inTime } from './in-time.ts'
import type { AskAfter, AskedCheck, Migration, Watched } from './migration.ts'
import { isWatched } from './migration.ts'
import { open, requestOf } from './request.ts'
import { seeing } from './seen.ts'
import { followSkip, passesBySkip } from './skip.ts'
import { isNews } from './snapshot.ts'
import { after, isOlder } from './times.ts'

type Seen = Omit<Extract<Event, { type: 'checked' }>, 'type'>

/** The job was looked at, and then its check. */
export function checked(m: Migration, seen: Seen, now: string, rules: Rules): Next {
  if (!isWatched(m) || isOlder(seen.look.at, m.watch.look?.at, now)) return 'ignored'
  return inTime(m, now, rules, (timely) => {
    const { check } = timely.watch
    return check && !passesBySkip(timely, seen)
      ? judge(timely, check, seen, now, rules)
      : followSkip(timely, seen, now, rules)
  })
}

/**
 * While DTS is at a check it still shows the result of the one before, in part. So a result counts once
 * DTS was seen at this check, or has had the time to begin it, by clocks that nobody sets too.
 */
function judge(
  m: Watched,
  asked: AskedCheck,
  { look, check, waited = Infinity, snapshot = m.snapshot }: Seen,
  now: string,
  rules: Rules,
): Next {
  if (look.status === 'checking' || check.state === 'running') {
    return remember(m, look, { ...asked, seen: look.at, percent: percentOf(check) })
  }
  const { since, seen, thenAsk } = asked
  const hasHadTime = look.at >= after(since, rules.grace) && waited >= rules.grace
  if (seen === undefined && !hasHadTime) return remember(m, look, asked)
  const outcome = outcomeOf(check)
  if (thenAsk && outcome.result === 'passed' && allows({ look }, 'start')) {
    return ask(m, { ...thenAsk, snapshot }, now)
  }
  const isLate = look.at >= after(seen ?? since, rules.patience)
  return outcome.result === 'unclear' && !isLate
    ? remember(m, look, asked)
    : end(seeing(m, look), now, { how: 'checked', ...outcome })
}

/** The check has passed: people are asked to start the job as it is now. */
function ask(m: Watched, asked: AskAfter & { snapshot: Snapshot }, now: string): Step {
  const { reason, rule, lasts, snapshot } = asked
  const expiresAt = after(now, lasts)
  const request = requestOf(
    { operation: 'start', requester: m.owner, reason, rule, expiresAt },
    (m.request?.number ?? 0) + 1,
  )
  const changed = snapshot.digest === m.snapshot.digest ? {} : { changedFrom: m.snapshot }
  return open({ ...m, snapshot, watch: undefined }, { ...request, ...changed })
}

/** Of a version that tells none, how many of the items are done. */
function percentOf({ state, percent, items = [] }: Check): number | undefined {
  if (state !== 'running') return undefined
  if (percent !== undefined || items.length === 0) return percent
  const done = items.filter(({ outcome }) => outcome !== 'notRun').length
  return Math.floor((100 * done) / items.length)
}

/** The row changes only if people would see a difference, or DTS was first seen at it. */
function remember(m: Watched, look: Look, check: AskedCheck): Next {
  const { watch: was } = m
  const seen = seeing(m, look)
  const isSame =
    was.look !== undefined &&
    !isNews(was.look, look) &&
    !was.blind &&
    !was.missed &&
    was.check?.percent === check.percent &&
    (was.check?.seen === undefined) === (check.seen === undefined)
  return isSame ? 'ignored' : { to: { ...seen, watch: { ...seen.watch, check } }, todo: [] }
}
