import { describe, expect, test } from 'vitest'
import { type ActionName, actionsOf } from '../../src/migration/actions.ts'
import type { News, Todo } from '../../src/migration/event.ts'
import { type Stage, isWatched, stageOf } from '../../src/migration/migration.ts'
import type { OperationName } from '../../src/migration/operation.ts'
import { at } from '../support/clock.ts'
import { SENDS, type Step, everyStep, situationOf } from '../support/every-sequence.ts'
import { ANN, BO, CHEN, type Move, isByPeople, isLook } from '../support/moves.ts'
import { ORDERS, expected, inWords } from '../support/next-model.ts'

const WORLDS: [OperationName, 'immediate' | 'timed'][] = [
  ['start', 'immediate'],
  ['start', 'timed'],
  ['cutOver', 'immediate'],
  ['stop', 'immediate'],
]

describe.each(WORLDS)('every sequence of events about a %s, job %s', (operation, mode) => {
  const steps = (): Step[] => stepsOf(operation, mode)

  /** No step is `wrong`. A failure lists the shortest sequences that end in one. */
  function always(promise: string, wrong: (step: Step) => boolean): void {
    test(promise, () => {
      const found = steps().filter(wrong).slice(0, 10)
      const paths = found.map((step) => `${step.to.path.join(', ')} -> ${outcomeOf(step)}`)
      expect(paths).toEqual([])
    })
  }

  always('leads where the tables say', (step) => {
    const situation = situationOf({ ...step.from, now: step.to.now })
    return outcomeOf(step) !== expected(operation, situation, step.move)
  })

  test('passes through every row of the table', () => {
    const seen = new Set(steps().map(({ from }) => situationOf(from).order))
    const rows = Object.keys(ORDERS).map((row) => row.replace(' and blind', ''))
    expect(rows.filter((row) => !seen.has(row))).toEqual([])
  })

  always('sends an order only for the job that two people approved, not the requester', (step) => {
    const { m, ledger } = step.from
    const people = Object.keys(ledger.votes)
    const isOther = Object.values(ledger.votes).some((digest) => digest !== m.snapshot.digest)
    return isSent(step) && (people.length < 2 || people.includes(ANN) || isOther)
  })

  always('sends an order again only after DTS throttled it, and not for ever', (step) => {
    const { sends, answer } = step.from.ledger
    return isSent(step) && (sends >= SENDS || (sends > 0 && answer !== 'throttled'))
  })

  always('ignores other attempts, older looks and earlier requests', ({ move, change }) => {
    return change !== undefined && /^another|^an older|request before/.test(move)
  })

  always('changes nothing after the end', ({ from, change }) => {
    return change !== undefined && from.m.ended !== undefined
  })

  always('answers people, and refuses nobody else', ({ move, change, refusal }) => {
    return isByPeople(move) ? !change && !refusal : refusal !== undefined
  })

  always('opens an action exactly where the rules accept it', ({ from, move, refusal }) => {
    const [action, by] = ACTIONS[move] ?? []
    if (!action || refusal === 'requestExpired' || refusal === 'alreadyVoted') return false
    const isOpen = actionsOf(from.m).some((open) => open.do === action && open.except !== by)
    return isOpen === (refusal !== undefined)
  })

  always('lets nobody but approvers settle an unknown outcome', ({ from: { m } }) => {
    const settling = actionsOf(m).filter(({ do: name }) => name.endsWith('Effect'))
    return settling.some((action) => action.also || action.approvers !== m.request?.rule.approvers)
  })

  always('goes on without people, or asks them', ({ from: { m }, move, to }) => {
    const state = m.order?.state
    const isDue = state?.at === 'unknown' && at(to.now) > state.deadline
    const isWayOn = WAYS_ON[stageOf(m)].includes(move) || (isDue && isLook(move))
    const isAsking = actionsOf(to.m).some((action) => action.do === 'tookEffect')
    return isWayOn && stageOf(to.m) === stageOf(m) && !isAsking
  })

  always('queues what must follow', ({ move, change }) => {
    const queue = move === 'Bo says it took effect' ? 'watch' : FOLLOWS[change?.news ?? 'voted']
    return change !== undefined && change.todo.map((todo) => todo.queue).join() !== (queue ?? '')
  })

  always('is watched from the first call or look until the end', ({ to }) => {
    return isWatched(to.m) !== (!to.m.ended && situationOf(to).watch !== 'none')
  })

  always('ends a watch only by what was seen of the job, or what people say', (step) => {
    const seen = /^(success|failed|waits.*|missing|Bo says it had no effect|Bo stops watching)$/
    return isWatched(step.from.m) && !isWatched(step.to.m) && !seen.test(step.move)
  })

  always('leaves the watch as it was when an order fails', ({ from, to, change }) => {
    const watchOf = ({ m }: Step['from']) => JSON.stringify({ ...m.watch, blind: undefined })
    return change?.news === 'failed' && (watchOf(from) !== watchOf(to) || Boolean(to.m.order))
  })

  always('ends when a start fails that nothing was watched before', ({ from: { m }, change }) => {
    const isOnly = operation === 'start' && (!m.watch || m.order?.state.at === 'unknown')
    return isOnly && change?.news === 'failed'
  })

  always('says that a job is ready when it becomes so, and once', ({ from, to, change }) => {
    const isReady = ({ m }: Step['from']) => m.watch?.look?.status === 'readyComplete'
    const isNew = isReady(to) && (!isReady(from) || to.m.watch?.since !== from.m.watch?.since)
    return isNew !== (change?.news === 'ready')
  })
})

test('every ending and every piece of news is among all of this', () => {
  const changes = WORLDS.flatMap((world) => stepsOf(...world)).flatMap((step) => step.change ?? [])
  const endings = changes.flatMap(({ to }) => to.ended?.ending.how ?? [])
  expect(new Set(endings).size).toBe(12)
  expect(new Set(changes.flatMap(({ news }) => news ?? [])).size).toBe(13)
})

const ACTIONS: Partial<Record<Move, [action: ActionName, by: string]>> = {
  'Ann approves': ['approve', ANN],
  'Bo approves': ['approve', BO],
  'Chen approves': ['approve', CHEN],
  'Bo rejects': ['reject', BO],
  'Bo says it took effect': ['tookEffect', BO],
  'Bo says it had no effect': ['noEffect', BO],
  'Bo stops watching': ['stopWatching', BO],
}

/** What leads out of a stage by itself. After its deadline any look does so from `unknown`. */
const WAYS_ON: Record<Stage, Move[]> = {
  asking: ['expired'],
  approved: ['attempted', 'changed', 'blocked', 'denied unsent'],
  sending: ['accepted', 'denied', 'throttled', 'lost'],
  unknown: ['accepted', 'success', 'failed'],
  watching: ['success', 'failed'],
  ended: [],
}

const FOLLOWS: Partial<Record<News, Todo['queue']>> = {
  requested: 'expire',
  changed: 'expire',
  approved: 'send',
  throttled: 'send',
  accepted: 'watch',
  outcomeUnknown: 'watch',
}

/** Followed once, within the first test that asks. */
function stepsOf(...world: (typeof WORLDS)[number]): Step[] {
  const key = world.join()
  const steps = followed.get(key) ?? everyStep(...world)
  followed.set(key, steps)
  return steps
}

const followed = new Map<string, Step[]>()

function isSent({ move, change }: Step): boolean {
  return move === 'attempted' && change !== undefined
}

/** What came of a move, in the words of the tables. */
function outcomeOf({ to, change, refusal }: Step): string {
  if (refusal) return `no ${refusal}`
  return change ? `${change.news ?? '~'}: ${inWords(situationOf(to))}` : '-'
}
