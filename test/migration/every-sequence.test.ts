import { describe, expect, test, vi } from 'vitest'
import { type ActionName, actionsOf } from '../../src/migration/actions.ts'
import type { News, Todo } from '../../src/migration/event.ts'
import { type Stage, isWatched, openRequest, stageOf } from '../../src/migration/migration.ts'
import { after, earlier } from '../../src/migration/times.ts'
import { RULES, at } from '../support/clock.ts'
import {
  type Plan,
  SENDS,
  type Node,
  type Step,
  everyStep,
  follow,
  situationOf,
} from '../support/every-sequence.ts'
import { ANN, BO, CHEN, CLOCKS, MOVES, type Move, isByPeople, isLook } from '../support/moves.ts'
import { ANSWERS, standstill } from '../support/right-clock.ts'
import { ORDERS, type Told, type World, expected, inWords } from '../support/next-model.ts'

const WORLDS: [Told, Plan][] = [
  ['start', 'at once'],
  ['start', 'in an hour'],
  ['start', 'next month'],
  ['cutOver', 'at once'],
  ['stop', 'at once'],
]

describe.each(WORLDS)('every sequence of events about a %s, job to run %s', (operation, plan) => {
  const steps = (): Step[] => stepsOf(operation, plan)
  const world: World = { operation, isFarOff: plan === 'next month' }

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
    return outcomeOf(step) !== expected(world, situation, step.move)
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

  always('never sends an order on an approval that is too old', (step) => {
    const { approvedAt = '' } = step.from.m.order ?? {}
    return isSent(step) && at(step.to.now) > after(approvedAt, RULES.patience)
  })

  always('sends nothing again that might be under way, whatever comes late', ({ from, to }) => {
    return from.m.order?.state.at === 'unknown' && to.m.order?.state.at === 'approved'
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

  always('answers people, and refuses nobody else', ({ from, move, change, refusal }) => {
    const isTwice = move === 'Ann asks' && openRequest(from.m) !== undefined
    return isByPeople(move) && !isTwice ? !change && !refusal : refusal !== undefined
  })

  always('opens an action exactly where the rules accept it', ({ from, move, refusal }) => {
    const [action, by] = move === 'Ann asks' ? [operation, ANN] : (ACTIONS[move] ?? [])
    if (move === 'Ann asks' && openRequest(from.m)) return false
    if (!action || refusal === 'requestExpired' || refusal === 'alreadyVoted') return false
    const isOpen = actionsOf(from.m).some((open) => {
      return open.do === action && !('except' in open && open.except === by)
    })
    return isOpen === (refusal !== undefined)
  })

  always('lets nobody but approvers settle an unknown outcome', ({ from: { m } }) => {
    const settling = actionsOf(m).filter(({ do: name }) => name.endsWith('Effect'))
    return settling.some((action) => {
      return (
        !('approvers' in action) || action.also || action.approvers !== m.request?.rule.approvers
      )
    })
  })

  always('goes on without people, or asks them', ({ from: { m }, move, to }) => {
    const state = m.order?.state
    const due =
      state?.at === 'unknown' && earlier(state.deadline, after(state.since, RULES.patience))
    const isDue = due !== false && at(to.now) > due
    const isWayOn =
      WAYS_ON[stageOf(m)].includes(move) || (isDue && (isLook(move) || move === 'unseen'))
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
    const seen =
      /^(success|failed|waits.*|missing for minutes|denied|throttled|Bo says it had no effect|Bo stops watching)$/
    return isWatched(step.from.m) && !isWatched(step.to.m) && !seen.test(step.move)
  })

  always('leaves the watch as it was when an order fails', ({ from, move, to, change }) => {
    const seen = isLook(move) ? { blind: undefined, missed: undefined } : { blind: undefined }
    const watchOf = ({ m }: Step['from']) => JSON.stringify({ ...m.watch, ...seen })
    return change?.news === 'failed' && (watchOf(from) !== watchOf(to) || Boolean(to.m.order))
  })

  always('ends when a start fails that nothing was watched before', ({ from: { m }, change }) => {
    const isOnly = operation === 'start' && (!m.watch || m.order?.state.at === 'unknown')
    return isOnly && change?.news === 'failed'
  })

  always('says that a job is ready when it becomes so, and once', ({ from, to, change }) => {
    const isReady = ({ m }: Step['from']) => m.watch?.look?.status === 'readyComplete'
    const isNew = isReady(to) && (!isReady(from) || to.m.watch?.since !== from.m.watch?.since)
    // What proves that an operation took effect says of the job that it is ready, too.
    return isNew
      ? change?.news !== 'ready' && change?.news !== 'tookEffect'
      : change?.news === 'ready'
  })
})

vi.setConfig({ testTimeout: 120_000 })

describe.each(WORLDS)('whoever sets the clock by a day, a %s, job to run %s', (operation, plan) => {
  const opposite: Partial<Record<Move, Move>> = { 'a day ahead': 'a day back' }
  const nodes = (): Node[] => {
    const all = stepsOf(operation, plan).map(({ from }) => from)
    return [
      ...new Map(all.filter(({ m }) => !m.ended).map((node) => [whereabouts(node), node])).values(),
    ]
  }

  /** The clock is set once, something happens, and perhaps it is set right again. */
  function stepsByWrongClock(): Step[] {
    const go = (from: Node, move: Move): Step => follow(from, move, operation)
    return nodes().flatMap((node) =>
      CLOCKS.flatMap((clock) => {
        const wrong = go(node, clock)
        const during = MOVES.map((move) => go(wrong.to, move)).filter(isLive)
        const right = during.map(({ to }) => go(to, opposite[clock] ?? 'a day ahead'))
        return [wrong, ...during, ...right]
      }),
    )
  }

  test('is sent on no approval that may be too old, and not twice', () => {
    const wrong = stepsByWrongClock().filter((step) => {
      const { order } = step.from.m
      const age = Date.parse(at(step.to.now)) - Date.parse(order?.approvedAt ?? at(step.to.now))
      const isResent = order?.state.at === 'unknown' && step.to.m.order?.state.at === 'approved'
      return isResent || (isSent(step) && Math.abs(age) > RULES.patience)
    })
    expect(wrong.slice(0, 10).map(({ to }) => to.path.join(', '))).toEqual([])
  })

  test('goes on: it ends, or people see the job, or have something to decide', () => {
    const stuck = stepsByWrongClock().flatMap(({ to: { m, now, path } }) =>
      ANSWERS.flatMap((answer) => {
        const why = standstill(m, now, answer, operation)
        return why ? [`${path.join(', ')}, then ${answer} for ever: ${why}`] : []
      }),
    )
    expect(stuck.toSorted((a, b) => a.length - b.length).slice(0, 10)).toEqual([])
  })
})

test('every ending, but that of a check, and every piece of news is among all of this', () => {
  const changes = WORLDS.flatMap((world) => stepsOf(...world)).flatMap((step) => step.change ?? [])
  const endings = changes.flatMap(({ to }) => to.ended?.ending.how ?? [])
  expect(new Set(endings).size).toBe(12)
  expect(new Set(changes.flatMap(({ news }) => news ?? [])).size).toBe(16)
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

/** What leads out of a stage by itself. Once it is due, any look does so from `unknown`. */
const WAYS_ON: Record<Stage, Move[]> = {
  asking: ['expired'],
  approved: ['outdated', 'changed', 'blocked', 'denied unsent'],
  sending: ['accepted', 'denied', 'throttled', 'lost'],
  unknown: ['accepted', 'denied', 'throttled', 'success', 'failed', 'missing for minutes'],
  watching: ['success', 'failed', 'missing for minutes'],
  ended: [],
}

const FOLLOWS: Partial<Record<News, Todo['queue']>> = {
  requested: 'expire',
  changed: 'expire',
  outdated: 'expire',
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

function whereabouts(node: Node): string {
  const { order, watch } = situationOf(node)
  return `${order} | ${watch}`
}

/** It changed something, and can go on. */
function isLive({ change }: Step): boolean {
  return change !== undefined && change.to.ended === undefined
}

function isSent({ move, change }: Step): boolean {
  return move === 'attempted' && change !== undefined
}

/** What came of a move, in the words of the tables. */
function outcomeOf({ to, change, refusal }: Step): string {
  if (refusal) return `no ${refusal}`
  return change ? `${change.news ?? '~'}: ${inWords(situationOf(to))}` : '-'
}
