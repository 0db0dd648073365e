import { actionsOf } from '../../src/migration/actions.ts'
import type { Event } from '../../src/migration/event.ts'
import { type Migration, stageOf } from '../../src/migration/migration.ts'
import { next } from '../../src/migration/next.ts'
import type { OperationName } from '../../src/migration/operation.ts'
import { isOutdated } from '../../src/migration/order.ts'
import { after } from '../../src/migration/times.ts'
import { RULES, at } from './clock.ts'
import { type Move, eventOf } from './moves.ts'

/** What DTS may answer from now on. */
export const ANSWERS = ['runs', 'ready', 'waits', 'odd', 'missing', 'unseen'] as const
type Answer = (typeof ANSWERS)[number]

/** Milliseconds between looks, and for how long the clock is right. */
const EVERY = 60_000
const LONG = RULES.patience + 3 * RULES.grace

/**
 * Why nothing would become of a migration, although the clock is right from `now` on, the bot works
 * and DTS gives the same answer to every look. Undefined: something ends it, or people can see how
 * the job is, or they have something to decide.
 */
export function standstill(
  m: Migration,
  now: number,
  answer: Answer,
  operation: OperationName,
): string | undefined {
  let to = m
  const happen = (event: Event | undefined, when: number): void => {
    const result = event ? next(to, event, at(when), RULES) : 'ignored'
    if (typeof result === 'object' && 'to' in result) to = result.to
  }
  const until = now + LONG
  for (let when = now + EVERY; when <= until && !to.ended; when += EVERY) {
    happen(sent(to, when), when)
    happen(eventOf(answer satisfies Move, to, when, operation), when)
  }
  return whatIsMissing(to, at(until - EVERY), answer)
}

/** The bot sends what people approved, and the answer is lost. */
function sent({ order }: Migration, when: number): Event | undefined {
  if (!order) return undefined
  const { request, state } = order
  const expiresAt = at(when + LONG)
  if (state.at === 'sending') {
    return { type: 'lost', token: state.token, trouble: { kind: 'interrupted' } }
  }
  if (state.at !== 'approved') return undefined
  return isOutdated(order, at(when), RULES)
    ? { type: 'outdated', request, expiresAt }
    : { type: 'attempted', request, token: `t${when}`, before: {} }
}

function whatIsMissing(m: Migration, lately: string, answer: Answer): string | undefined {
  const { look } = m.watch ?? {}
  const can = (name: string): boolean => actionsOf(m).some((action) => action.do === name)
  const stage = stageOf(m)
  if (stage === 'ended') return undefined
  if (m.watch && answer === 'missing') return 'it is not gone'
  if (m.watch && answer === 'unseen' && !m.watch.blind) return 'nobody says that it is out of sight'
  if (m.watch && answer !== 'missing' && answer !== 'unseen' && (look?.at ?? '') < lately) {
    return 'its looks are not taken'
  }
  if (stage === 'asking') return undefined
  if (stage !== 'watching') return can('tookEffect') ? undefined : 'nobody is asked how it came out'
  if (answer === 'odd' || answer === 'unseen') {
    return can('stopWatching') ? undefined : 'nobody can stop it'
  }
  const isToRun = look?.expectedAt && after(look.expectedAt, RULES.grace) > lately
  return answer === 'waits' && !(look?.runMode === 'timed' && isToRun)
    ? 'it does not end'
    : undefined
}
