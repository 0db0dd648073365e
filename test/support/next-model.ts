/**
 * What becomes of a migration, as a table to be read by people and compared with src/next.ts.
 *
 * A situation is what one sees of a migration, and `!` when two hours have passed since then: longer
 * than an ask, a start and a look may take. A cell is the situation after that happening: `~` before
 * it means that the history has no line about it, `-` that nothing changes, `no …` that the person
 * is refused. What is not in a row: people are refused (`no alreadyDecided`), the rest changes
 * nothing, and time only passes.
 */
export const SAID = [
  'Bo approves',
  'Ann approves',
  'Bo approves the ask before',
  'Bo rejects',
  'Bo says it started',
  'Bo says it did not start',
  'Bo lets go',
] as const

export const LETTERS = [
  ...SAID,
  'time passes',
  'asked',
  'expired',
  'the ask before expired',
  'unshown',
  'changed',
  'blocked',
  'delayed',
  'attempted',
  'denied',
  'accepted',
  'throttled',
  'lost',
  'runs',
  'ready',
  'waits',
  'waits, ran before',
  'waits, ran since',
  'odd',
  'success',
  'failed',
  'missing',
  'unseen',
] as const

export type Letter = (typeof LETTERS)[number]
type Row = Partial<Record<Letter, string>>

const undecided: Row = {
  'Bo rejects': 'ended rejected',
  expired: 'ended expired',
  unshown: 'ended unshown',
}
const decided: Row = { changed: 'asking', blocked: 'ended blocked', denied: 'ended denied' }
const sent: Row = { denied: 'ended denied', accepted: 'started', lost: 'unknown' }
/** Long after the start was sent. */
const late: Row = { accepted: 'started!', lost: 'unknown!' }
const over: Row = { success: 'ended done', failed: 'ended failed' }
const unsure: Row = {
  ...over,
  accepted: 'started',
  runs: 'started runs',
  ready: 'started ready',
  'waits, ran since': 'started waits',
}
const unsureLong: Row = {
  ...unsure,
  accepted: 'started!',
  waits: 'ended didNotStart',
  'waits, ran before': 'ended didNotStart',
}
const unsureToPeople: Row = {
  ...unsureLong,
  missing: 'ended gone',
  'Bo says it started': 'started!',
  'Bo says it did not start': 'ended didNotStart',
}
const watched: Row = {
  ...over,
  runs: '~ started runs',
  ready: 'started ready',
  ...waiting('~ started waits'),
  odd: '~ started odd',
}
const lookedLong: Row = { ...watched, missing: 'ended gone' }
const unlooked: Row = { ...lookedLong, 'Bo lets go': 'ended letGo' }

export const MODEL: Record<string, Row> = {
  asking: {
    ...undecided,
    'Bo approves': 'approved 0',
    'Ann approves': 'no selfApproval',
    'Bo approves the ask before': 'no askReplaced',
    'time passes': 'asking!',
  },
  'asking!': {
    ...undecided,
    'Bo approves': 'no askExpired',
    'Ann approves': 'no askExpired',
    'Bo approves the ask before': 'no askReplaced',
    'Bo rejects': 'no askExpired',
  },

  // The number is how often the start was sent. The rules of the test allow two.
  'approved 0': {
    ...decided,
    attempted: 'starting 1',
    delayed: '~ approved 0',
    'time passes': 'approved 0!',
  },
  'approved 0!': { ...decided, attempted: 'starting 1', delayed: 'ended denied' },
  'approved 1': {
    ...decided,
    attempted: 'starting 2',
    delayed: '~ approved 1',
    'time passes': 'approved 1!',
  },
  'approved 1!': { ...decided, attempted: 'starting 2', delayed: 'ended denied' },
  'starting 1': { ...sent, throttled: 'approved 1', 'time passes': 'starting 1!' },
  'starting 1!': { ...sent, ...late, throttled: 'approved 1' },
  'starting 2': { ...sent, throttled: 'ended denied', 'time passes': 'starting 2!' },
  'starting 2!': { ...sent, ...late, throttled: 'ended denied' },

  unknown: { ...unsure, 'time passes': 'unknown!' },
  'unknown!': {
    ...unsureLong,
    missing: 'ended gone',
    unseen: 'unknown unseen',
    odd: 'unknown odd',
  },
  'unknown unseen': { ...unsureToPeople, odd: '~ unknown odd' },
  'unknown odd': { ...unsureToPeople, unseen: '~ unknown unseen' },

  started: { ...watched, 'time passes': 'started!' },
  'started!': { ...lookedLong, unseen: 'started unseen' },
  'started unseen': unlooked,

  'started runs': { ...watched, runs: '-', 'time passes': 'started runs!' },
  'started runs!': { ...lookedLong, unseen: 'started runs unseen' },
  'started runs unseen': unlooked,

  'started ready': { ...watched, ready: '-', 'time passes': 'started ready!' },
  'started ready!': { ...lookedLong, ready: '~ started ready', unseen: 'started ready unseen' },
  'started ready unseen': { ...unlooked, ready: '~ started ready' },

  'started waits': { ...watched, ...waiting('-'), 'time passes': 'started waits!' },
  'started waits!': {
    ...lookedLong,
    ...waiting('ended notRunning'),
    unseen: 'started waits unseen',
  },
  'started waits unseen': { ...unlooked, ...waiting('ended notRunning') },

  'started odd': {
    ...watched,
    odd: '-',
    'Bo lets go': 'ended letGo',
    'time passes': 'started odd!',
  },
  'started odd!': { ...unlooked, unseen: 'started odd unseen' },
  'started odd unseen': unlooked,
}

/** Whether it ever ran makes no difference once it is known that the start was taken. */
function waiting(cell: string): Row {
  return { waits: cell, 'waits, ran before': cell, 'waits, ran since': cell }
}

const SPOKEN: readonly string[] = SAID

/** What the table says. Whatever has ended has no row: nothing becomes of it. */
export function foretold(situation: string, letter: Letter): string {
  const cell = MODEL[situation]?.[letter]
  return cell ?? (SPOKEN.includes(letter) ? 'no alreadyDecided' : '-')
}
