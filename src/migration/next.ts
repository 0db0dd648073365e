/** Everything that can happen to a migration, decided: pure, total, no clock, no network. */
import { checked } from './check.ts'
import { askToCompare, compareGoesOn } from './compare.ts'
import type { Event, Next, Rules } from './event.ts'
import type { Migration } from './migration.ts'
import { afterTheCall, beforeTheCall } from './order.ts'
import { approve, ask, expire, reject, undeliver } from './request.ts'
import { checkBegun, checkDenied } from './skip.ts'
import { settle, stopWatching } from './settle.ts'
import { miss, observe, unseen } from './watch.ts'

/** What becomes of a migration when something happens to it at `now` (ISO, UTC). */
export function next(m: Migration, event: Event, now: string, rules: Rules): Next {
  switch (event.type) {
    case 'watched':
      return 'ignored'
    case 'requested':
      return ask(m, event)
    case 'approved':
      return approve(m, event, now)
    case 'rejected':
      return reject(m, event, now)
    case 'expired':
      return expire(m, event, now)
    case 'undeliverable':
      return undeliver(m, event, now)

    case 'changed':
    case 'outdated':
    case 'blocked':
    case 'delayed':
    case 'attempted':
      return beforeTheCall(m, event, now, rules)
    case 'accepted':
    case 'throttled':
    case 'denied':
    case 'lost':
      return afterTheCall(m, event, now, rules)

    case 'observed':
      return observe(m, event, now, rules)
    case 'checked':
      return checked(m, event, now, rules)
    case 'checkBegun':
      return checkBegun(m, event, now)
    case 'checkDenied':
      return checkDenied(m, event, now, rules)
    case 'compareAsked':
      return askToCompare(m, event.by, now)
    case 'compareSending':
    case 'compareCreated':
    case 'compareDenied':
    case 'compareSeen':
    case 'compareUnseen':
      return compareGoesOn(m, event, now, rules)
    case 'missing':
      return miss(m, now, rules)
    case 'unseen':
      return unseen(m, event.trouble, now, rules)
    case 'settled':
      return settle(m, event, now)
    case 'watchStopped':
      return stopWatching(m, event.by, now)
  }
}
