import type { Happening, Migration, Next, Rules } from '../../src/migration.ts'
import { next } from '../../src/next.ts'
import { LETTERS, type Letter, foretold } from './next-model.ts'
import { SEEN, sampleMigration } from './sample-migration.ts'

/** Every sequence of happenings up to this length. */
const LENGTH = 8
export const RULES: Rules = { grace: 120_000, patience: 600_000, sends: 2 }
const HOUR = 3_600_000
const BEGIN = Date.parse('2029-01-01T00:00:00.000Z')
/** The job ran before, was set back, and its check passed again. */
const RAN_BEFORE = iso(BEGIN - HOUR)
const ANN = 'U0ANN'
export const BO = 'U0BO'

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
export type Step = { from: Node; letter: Letter; result: Next; to: Node }

/** The last step of every sequence. */
export function everyStep(runMode: 'immediate' | 'timed'): Step[] {
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

/** Whether a start is sent in between. */
export function isSent(before: Migration, after: Migration): boolean {
  return before.state.at === 'approved' && after.state.at === 'starting'
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
      return { type: letter }
    case 'attempted':
      return { type: letter, earlierStart: RAN_BEFORE }
    case 'accepted':
      return { type: 'accepted', requestId: 'r' }
    case 'runs':
      return look('running', at)
    case 'ready':
      return look('readyComplete', at)
    case 'waits':
      return look('checkPass', at)
    case 'waits, ran before':
      return look('checkPass', at, RAN_BEFORE)
    case 'waits, ran since':
      return look('checkPass', at, iso(BEGIN))
    case 'odd':
      return look('unknown', at)
    case 'success':
    case 'failed':
      return look(letter, at)
    case 'missing':
      return { type: 'missing', at: iso(at) }
  }
}

function look(status: string, at: number, startedAt?: string): Happening {
  return { type: 'observed', seen: { ...SEEN, status, statusCode: status, at: iso(at), startedAt } }
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
