import { describe, expect, test } from 'vitest'
import type { Next, State } from '../src/migration.ts'
import { BO, RULES, type Step, everyStep, isSent } from './support/every-sequence.ts'
import { type Letter, MODEL, SAID, foretold } from './support/next-model.ts'

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
    const seen: Letter[] = [
      'success',
      'failed',
      'waits',
      'waits, ran before',
      'waits, ran since',
      'missing',
      'Bo says it did not start',
      'Bo lets go',
    ]
    expect(
      paths(({ from, letter, to }) => {
        const atWork = from.m.state.at === 'unknown' || from.m.state.at === 'started'
        return atWork && to.m.state.at === 'ended' && !seen.includes(letter)
      }),
    ).toEqual([])
  })

  test('never says that a job did not start which DTS says has run since', () => {
    expect(
      paths(({ from, letter, to: { m } }) => {
        const ends = from.m.state.at !== 'ended' && m.state.at === 'ended' && m.state.ending
        return letter === 'waits, ran since' && ends && ends.how === 'didNotStart'
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

/** A result in the words of the table's cells. */
function outcomeOf(result: Next, to: Step['to']): string {
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
