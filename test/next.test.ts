import { describe, expect, test } from 'vitest'
import type { Happening, Migration, Next, Rules, State } from '../src/migration.ts'
import { next } from '../src/next.ts'
import { LETTERS, type Letter, MODEL, SAID, foretold } from './support/next-model.ts'
import { SEEN, sampleMigration } from './support/sample-migration.ts'

/** Every sequence of happenings up to this length. */
const LENGTH = 8
const RULES: Rules = { grace: 120_000, patience: 600_000, sends: 2 }
const HOUR = 3_600_000
const BEGIN = Date.parse('2029-01-01T00:00:00.000Z')
const ANN = 'U0ANN'
const BO = 'U0BO'

/** Where a sequence led. Sequences that led to the same are followed once. */
type Node = {
  m: Migration
  at: number
  situation: string
  /** Who approved which job, and how often its start was sent since. */
  approval: { by: string; digest: string; sends: number } | undefined
  /** Whether the outcome of a start was ever unknown. */
  lost: boolean
  path: Letter[]
}
type Step = { from: Node; letter: Letter; result: Next; to: Node }

describe.each(['immediate', 'timed'] as const)('every sequence of happenings, job %s', (mode) => {
  let all: Step[] | undefined
  const steps = (): Step[] => (all ??= everyStep(mode))
  /** The sequences that end in such a step. */
  const paths = (which: (step: Step) => boolean): string[] =>
    steps()
      .filter(which)
      .map(({ from, letter, result, to }) => {
        return `${[...from.path, letter].join(', ')}: ${outcomeOf(result, to)}`
      })

  test('leads where the table says', () => {
    expect(
      paths(({ from, letter, result, to }) => {
        if (letter === 'time passes') return false
        return outcomeOf(result, to) !== foretold(from.situation, letter).replace('!', '')
      }),
    ).toEqual([])
  })

  test('passes through every row of the table', () => {
    const seen = new Set(steps().map(({ from }) => from.situation))
    expect(Object.keys(MODEL).filter((row) => !seen.has(row))).toEqual([])
  })

  test('sends a start only for the job that somebody else than the requester approved', () => {
    expect(
      paths(({ from, to }) => {
        const isApproved = from.approval?.by === BO && from.approval.digest === to.m.job.digest
        return isSent(from.m, to.m) && !isApproved
      }),
    ).toEqual([])
  })

  test('sends it twice for one approval at the most, and never after an unknown outcome', () => {
    expect(
      paths(({ from, to }) => {
        const sends = to.approval?.sends ?? 0
        return isSent(from.m, to.m) && (from.lost || sends > RULES.sends)
      }),
    ).toEqual([])
  })

  test('answers people, and refuses nobody else', () => {
    expect(
      paths(({ letter, result }) => {
        if (isSaid(letter)) return result === 'ignored'
        return typeof result === 'object' && 'refusal' in result
      }),
    ).toEqual([])
  })

  test('ends what DTS may be at work on only by what was seen of it', () => {
    const seen = ['success', 'failed', 'waits', 'missing', 'Bo says it did not start', 'Bo lets go']
    expect(
      paths(({ from, letter, to }) => {
        const atWork = from.m.state.at === 'unknown' || from.m.state.at === 'started'
        return atWork && to.m.state.at === 'ended' && !seen.includes(letter)
      }),
    ).toEqual([])
  })

  test('changes nothing after the end', () => {
    expect(paths(({ from, to }) => from.m.state.at === 'ended' && to.m !== from.m)).toEqual([])
  })

  test('is followed far enough to have come to every ending', () => {
    const endings = new Set(
      steps().flatMap(({ to: { m } }) => (m.state.at === 'ended' ? [m.state.ending.how] : [])),
    )
    expect(endings.size).toBe(11)
  })
})

function everyStep(runMode: 'immediate' | 'timed'): Step[] {
  const { job, ...rest } = sampleMigration({
    requester: ANN,
    ask: { number: 1, expiresAt: iso(BEGIN + HOUR), changes: [] },
  })
  const m: Migration = { ...rest, job: { ...job, runMode, expectedAt: iso(BEGIN + HOUR) } }
  const steps: Step[] = []
  const known = new Set<string>()
  let ends: Node[] = [
    { m, at: BEGIN, situation: 'asking', approval: undefined, lost: false, path: [] },
  ]
  for (let length = 1; length <= LENGTH; length++) {
    const longer: Node[] = []
    for (const from of ends) {
      for (const letter of LETTERS) {
        const step = follow(from, letter)
        steps.push(step)
        const { path: _, ...where } = step.to
        const key = JSON.stringify(where)
        if (known.has(key)) continue
        known.add(key)
        longer.push(step.to)
      }
    }
    ends = longer
  }
  return steps
}

function follow(from: Node, letter: Letter): Step {
  const path = [...from.path, letter]
  const said = foretold(from.situation, letter)
  const situation = /^(-|no .*)$/.test(said) ? from.situation : said.replace('~ ', '')
  if (letter === 'time passes') {
    const to = { ...from, path, situation, at: from.at + 2 * HOUR }
    return { from, letter, result: 'ignored', to }
  }
  const result = next(from.m, happening(letter, from.m, from.at), iso(from.at), RULES)
  const m = typeof result === 'object' && 'to' in result ? result.to : from.m
  const lost = from.lost || m.state.at === 'unknown'
  return {
    from,
    letter,
    result,
    to: { ...from, path, situation, m, lost, approval: approval(from, m) },
  }
}

function approval({ m: before, approval: was }: Node, after: Migration): Node['approval'] {
  const { state, job } = after
  if (before.state.at === 'asking' && state.at === 'approved') {
    return { by: state.by, digest: job.digest, sends: 0 }
  }
  return was && isSent(before, after) ? { ...was, sends: was.sends + 1 } : was
}

function isSent(before: Migration, after: Migration): boolean {
  return before.state.at === 'approved' && after.state.at === 'starting'
}

/** A result in the words of the table's cells. */
function outcomeOf(result: Next, to: Node): string {
  if (result === 'ignored') return '-'
  if ('refusal' in result) return `no ${result.refusal.no}`
  return `${result.quiet ? '~ ' : ''}${situationOf(to.m.state)}`
}

const LOOKS: Record<string, string> = {
  running: 'runs',
  readyComplete: 'ready',
  checkPass: 'waits',
  unknown: 'odd',
}

function situationOf(state: State): string {
  switch (state.at) {
    case 'asking':
      return 'asking'
    case 'approved':
    case 'starting':
      return `${state.at} ${state.attempts}`
    case 'unknown':
      return words('unknown', state.blind && ('trouble' in state.blind ? 'unseen' : 'odd'))
    case 'started':
      return words('started', LOOKS[state.seen?.status ?? ''], state.blind && 'unseen')
    case 'ended':
      return `ended ${state.ending.how}`
  }
}

function words(...all: (string | undefined)[]): string {
  return all.filter(Boolean).join(' ')
}

function isSaid(letter: Letter): boolean {
  return (SAID as readonly string[]).includes(letter)
}

const trouble = { code: 'InternalError', reason: 'x', requestId: 'r', traceId: 't' }

function happening(letter: Exclude<Letter, 'time passes'>, m: Migration, at: number): Happening {
  const ask = m.ask.number
  switch (letter) {
    case 'Bo approves':
      return { type: 'approved', ask, by: BO }
    case 'Ann approves':
      return { type: 'approved', ask, by: ANN }
    case 'Bo approves the ask before':
      return { type: 'approved', ask: ask - 1, by: BO }
    case 'Bo rejects':
      return { type: 'rejected', ask, by: BO, reason: 'no' }
    case 'Bo says it started':
    case 'Bo says it did not start':
      return { type: 'settled', by: BO, started: letter === 'Bo says it started' }
    case 'Bo lets go':
      return { type: 'letGo', by: BO }
    case 'expired':
      return { type: 'expired', ask }
    case 'the ask before expired':
      return { type: 'expired', ask: ask - 1 }
    case 'changed':
      return {
        type: 'changed',
        job: { ...m.job, digest: `d${ask + 1}` },
        changes: [],
        expiresAt: iso(at + HOUR),
      }
    case 'blocked':
      return { type: 'blocked', status: 'running' }
    case 'delayed':
    case 'denied':
    case 'throttled':
    case 'lost':
    case 'unseen':
      return { type: letter, trouble }
    case 'unshown':
      return { type: 'unshown', error: 'not_in_channel' }
    case 'asked':
    case 'attempted':
      return { type: letter }
    case 'accepted':
      return { type: 'accepted', requestId: 'r' }
    case 'runs':
      return look('running', at)
    case 'ready':
      return look('readyComplete', at)
    case 'waits':
      return look('checkPass', at)
    case 'odd':
      return look('unknown', at)
    case 'success':
    case 'failed':
      return look(letter, at)
    case 'missing':
      return { type: 'missing', at: iso(at) }
  }
}

function look(status: string, at: number): Happening {
  return { type: 'observed', seen: { ...SEEN, status, statusCode: status, at: iso(at) } }
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
