import type { JobStatus } from '../../src/dts/job.ts'
import type { Step as Change, Event, Next } from '../../src/migration/event.ts'
import {
  type Blind,
  type Migration,
  type Watch,
  openRequest,
} from '../../src/migration/migration.ts'
import { next } from '../../src/migration/next.ts'
import type { OperationName } from '../../src/migration/operation.ts'
import type { Refusal } from '../../src/migration/refusal.ts'
import { BEGIN, DAY, HOUR, RULES, at } from './clock.ts'
import { ANN, BO, MOVES, type Move, REASON, RULE, eventOf, lasts } from './moves.ts'
import type { Situation } from './next-model.ts'
import { REQUEST, sampleMigration } from './sample-migration.ts'

/** When DTS is to run the job: at once, before two hours have passed, or after all of this. */
export type Plan = 'at once' | 'in an hour' | 'next month'

/** How often an order that DTS throttles is sent here. */
export const SENDS = 2

/** Where a sequence led, and when. `ledger` is what an auditor would have written down on the way. */
export type Node = { m: Migration; now: number; ledger: Ledger; path: Move[] }
/** Without `change` and `refusal` the move was ignored. */
export type Step = { from: Node; move: Move; to: Node; change?: Change; refusal?: Refusal['no'] }

/** Since people were last asked: who said yes, to which digest, and what became of the order. */
type Ledger = { votes: Record<string, string>; sends: number; answer: string }

/**
 * The last step of every sequence of events, of any length. Sequences that led to the same are
 * followed once. Times count as the same when all are to come, just past, or long past.
 */
export function everyStep(operation: OperationName, plan: Plan): Step[] {
  const steps: Step[] = []
  const ends = beginnings(operation, plan)
  const known = new Set(ends.map(keyOf))
  for (const from of ends) {
    for (const move of MOVES) {
      const step = follow(from, move, operation)
      steps.push(step)
      const key = keyOf(step.to)
      if (known.has(key)) continue
      known.add(key)
      ends.push(step.to)
    }
  }
  return steps
}

/** People are asked first, or the job is watched first. */
function beginnings(operation: OperationName, plan: Plan): Node[] {
  const { request: _, ...sample } = sampleMigration({ owner: ANN })
  const runMode = plan === 'at once' ? ('immediate' as const) : ('timed' as const)
  const expectedAt = at(plan === 'next month' ? 30 * DAY : HOUR)
  const m = { ...sample, snapshot: { ...sample.snapshot, runMode, expectedAt } }
  const request = { ...REQUEST, operation, requester: ANN, reason: REASON, rule: RULE }
  const ledger = { votes: {}, sends: 0, answer: '' }
  return [
    { m: { ...m, request: { ...request, expiresAt: at(HOUR) } }, now: 0, ledger, path: [] },
    { m: { ...m, watch: { since: at(0) } }, now: 0, ledger, path: [] },
  ]
}

export function follow(from: Node, move: Move, operation: OperationName): Step {
  const now = from.now + lasts(move)
  const event = eventOf(move, from.m, now, operation)
  const to = { ...from, now, path: [...from.path, move] }
  if (!event) return { from, move, to }
  const happen = (m: Migration, when: number): Next =>
    next(frozen(m), frozen(event), at(when), { ...RULES, sends: SENDS })
  const first = move === 'missing for minutes' ? happen(from.m, now - RULES.grace) : 'ignored'
  const result = happen(typeof first === 'object' && 'to' in first ? first.to : from.m, now)
  if (result === 'ignored') return { from, move, to }
  if ('refusal' in result) return { from, move, to, refusal: result.refusal.no }
  return { from, move, to: { ...to, m: result.to, ledger: entered(from, event) }, change: result }
}

function entered({ m, ledger }: Node, event: Event): Ledger {
  switch (event.type) {
    case 'requested':
    case 'changed':
    case 'outdated':
      return { votes: {}, sends: 0, answer: '' }
    case 'approved':
      return { ...ledger, votes: { ...ledger.votes, [event.by]: m.snapshot.digest } }
    case 'attempted':
      return { ...ledger, sends: ledger.sends + 1, answer: 'none yet' }
    case 'accepted':
    case 'throttled':
    case 'denied':
    case 'lost':
      return { ...ledger, answer: event.type }
    default:
      return ledger
  }
}

function keyOf(node: Node): string {
  const { m, now, ledger } = node
  if (m.ended) return m.ended.ending.how
  const { order, watch } = m
  const times = [
    order?.state.at === 'unknown' && order.state.deadline,
    watch?.accepted?.since ?? watch?.since,
    watch?.idleSince,
  ].map((time) => time && ageOf(time, now))
  const { votes, ...rest } = order || openRequest(m) ? ledger : { votes: {} }
  return JSON.stringify([situationOf(node), times, Object.keys(votes).toSorted(), rest])
}

function ageOf(time: string, now: number): string {
  const age = BEGIN + now - Date.parse(time)
  if (age < 0) return 'to come'
  return age > HOUR ? LONG : 'just past'
}

const LONG = 'long past'

/** What a person would see of it, in the words of the model. */
export function situationOf({ m, now }: Node): Situation {
  const { watch } = m
  return {
    order: orderOf(m, now),
    watch: watch ? aged(watchOf(watch, now), watch.look?.at ?? watch.since, now) : 'none',
    blind: watch?.blind ? blindness(watch.blind) : '',
    missed: watch?.missed !== undefined,
    stalled: watch ? stalledOf(watch, now) : '',
    pending: watch ? pendingOf(watch, now) : '',
  }
}

function stalledOf({ look, movedAt, alarm }: Watch, now: number): Situation['stalled'] {
  if (alarm?.is === 'stalled') return 'told'
  return look?.status === 'running' && movedAt && ageOf(movedAt, now) === LONG ? 'due' : ''
}

function pendingOf({ accepted, lateStop }: Watch, now: number): string {
  if (accepted && accepted.operation !== 'start') {
    return aged(accepted.operation, accepted.since, now)
  }
  return lateStop ? 'late stop' : ''
}

function blindness(blind: Blind): Situation['blind'] {
  if ('until' in blind) return 'waiting'
  return 'trouble' in blind ? 'unseen' : 'unreadable'
}

function orderOf({ ended, order, request }: Migration, now: number): string {
  if (ended) return `ended ${ended.ending.how}`
  if (order) {
    const { state, attempts, approvedAt } = order
    if (state.at === 'approved') return aged(`approved ${attempts}`, approvedAt, now)
    if (state.at === 'unknown') return aged('unknown', state.since, now)
    return aged(`sending ${attempts}`, state.since, now)
  }
  if (!request || request.decision) return 'nothing'
  const voted = request.votes.map(({ by }) => `, ${by === BO ? 'Bo' : 'Chen'} said yes`).join('')
  return aged(`asking${voted}`, at(Date.parse(request.expiresAt) - BEGIN - HOUR), now)
}

function watchOf({ look, idleSince, accepted, since }: Watch, now: number): string {
  if (!look) return 'nothing'
  if (!idleSince) return WORDS[look.status] ?? look.status
  const times = [idleSince, accepted?.since ?? since]
  return times.every((time) => ageOf(time, now) === LONG) ? 'still waits' : 'waits'
}

const WORDS: Partial<Record<JobStatus, string>> = {
  running: 'runs',
  readyComplete: 'ready',
  completing: 'completes',
  stopping: 'stops',
  unknown: 'odd',
}

function aged(word: string, since: string, now: number): string {
  return ageOf(since, now) === LONG ? `${word}!` : word
}

export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(frozen)
  }
  return value
}
