/**
 * What becomes of a migration, as tables that people can read, to be compared with src/migration/.
 *
 * A situation has two halves: the request or order, and the watch. `!` after a half means that two
 * hours have passed since it began (for a watch: since its last look), longer than anything may take.
 */
import { type Move, isByPeople, isLook } from './moves.ts'

/** The operations that the tables tell of. Pausing and retrying follow the same rules as a stop. */
export type Told = 'start' | 'cutOver' | 'stop'

type Row = Partial<Record<Move, string>>

const undecided: Row = {
  'Ann approves': 'no selfApproval',
  'Bo approves the request before': 'no requestReplaced',
  'Bo rejects the request before': 'no requestReplaced',
  'Bo rejects': 'fails rejected',
  expired: 'fails expired',
  undeliverable: 'undelivered',
}
const tooLate: Row = {
  ...undecided,
  'Ann approves': 'no requestExpired',
  'Bo approves': 'no requestExpired',
  'Chen approves': 'no requestExpired',
  'Bo rejects': 'no requestExpired',
}
const approved: Row = {
  changed: 'changed: asking',
  outdated: 'outdated: asking',
  blocked: 'fails blocked',
  'denied unsent': 'fails denied',
}
const sent: Row = { denied: 'fails denied', accepted: 'takes effect: accepted', lost: 'lost' }
/** A clear answer that comes late settles it. Nothing is sent again. */
const inDoubt: Row = {
  denied: 'fails denied',
  throttled: 'fails denied',
  accepted: 'takes effect: accepted',
}

/**
 * A cell says the news and the half that follows, `~` for no news. `fails …`: back to the watch, or
 * the end where there is none. `no …`: the person is refused. What is not in a row refuses people as
 * too late and changes nothing else. The rule of the test wants two votes, and sends at most twice.
 */
export const ORDERS: Record<string, Row> = {
  nothing: {},

  asking: {
    ...undecided,
    'Bo approves': 'voted: asking, Bo said yes',
    'Chen approves': 'voted: asking, Chen said yes',
  },
  'asking, Bo said yes': {
    ...undecided,
    'Bo approves': 'no alreadyVoted',
    'Chen approves': 'approved: approved 0',
  },
  'asking, Chen said yes': {
    ...undecided,
    'Bo approves': 'approved: approved 0',
    'Chen approves': 'no alreadyVoted',
  },
  'asking!': tooLate,
  'asking, Bo said yes!': tooLate,
  'asking, Chen said yes!': tooLate,

  'approved 0': { ...approved, attempted: '~ sending 1', delayed: '~ approved 0' },
  'approved 1': { ...approved, attempted: '~ sending 2', delayed: '~ approved 1' },
  'approved 0!': { ...approved, delayed: '~ approved 0!' },
  'approved 1!': { ...approved, delayed: '~ approved 1!' },

  'sending 1': { ...sent, throttled: 'throttled: approved 1' },
  'sending 2': { ...sent, throttled: 'fails denied' },
  'sending 1!': { ...sent, throttled: 'throttled: approved 1!' },
  'sending 2!': { ...sent, throttled: 'fails denied' },

  unknown: inDoubt,
  'unknown!': inDoubt,
  'unknown! and blind': {
    ...inDoubt,
    'Bo says it took effect': 'takes effect: tookEffect',
    'Bo says it had no effect': 'fails noEffect',
  },
}

/** Looks that prove an order whose answer was lost. All others but `odd` are proof against it. */
const PROOF: Record<Told, Move[]> = {
  start: ['runs', 'ready', 'completes', 'stops', 'waits, ran since', 'success', 'failed'],
  cutOver: ['completes', 'success'],
  stop: ['stops'],
}

/**
 * `watch`: `none`, `nothing` before the first look, else what that showed; `still waits` is a job that
 * has waited for two hours, also since the last operation. `blind`: DTS does not let the bot look,
 * shows a status that the bot does not know, or waits with a timed job. `missed`: DTS has answered
 * without the job since it showed it last. `pending`: a cutover or a stop that DTS accepted, or a
 * `late stop`, of which people were told that nothing shows.
 * `stalled`: a job that runs and has shown no progress for long, and whether people were told.
 */
export type Situation = {
  order: string
  watch: string
  blind: '' | 'unseen' | 'unreadable' | 'waiting'
  missed: boolean
  pending: string
  stalled: '' | 'due' | 'told'
}

export function inWords({ order, watch, blind, missed, pending, stalled }: Situation): string {
  if (order.startsWith('ended')) return order
  const more = [blind, missed ? 'missed' : '', pending, stalled && `stalled ${stalled}`]
  return [order, '|', watch, ...more].filter(Boolean).join(' ')
}

/** Which operation, and whether the job is to run only after all of this. */
export type World = { operation: Told; isFarOff: boolean }

/** What the tables say: the news, and the situation after it. */
export function expected(world: World, s: Situation, move: Move): string {
  const { operation } = world
  const refused = isByPeople(move) ? 'no tooLate' : '-'
  if (s.order.startsWith('ended')) return refused
  if (isLook(move)) return looked(world, s, move)
  if (move.startsWith('missing')) {
    if (s.watch === 'none') return '-'
    return move === 'missing' ? says('~', s, { missed: true }) : 'ended: ended gone'
  }
  if (move === 'unseen') return unseen(s)
  if (move === 'Ann asks') return asks(operation, s)
  if (move === 'Bo stops watching') {
    return s.order === 'nothing' ? 'ended: ended watchStopped' : refused
  }
  const isAsking = s.order.startsWith('unknown') && s.blind
  const cell = ORDERS[isAsking ? `${s.order} and blind` : s.order]?.[move]
  return cell ? applied(operation, s, cell) : refused
}

/** In which statuses DTS accepts it. */
const FROM: Record<Told, string[]> = {
  start: [],
  cutOver: ['ready'],
  stop: ['runs', 'ready'],
}

/** The same request twice is one. */
function asks(operation: Told, s: Situation): string {
  if (s.order.startsWith('asking')) return '-'
  if (s.order !== 'nothing') return 'no busy'
  const isOpen = !s.blind && !isPending(s) && FROM[operation].includes(wordOf(s.watch))
  return isOpen ? says('requested', s, { order: 'asking' }) : 'no notNow'
}

function applied(operation: Told, s: Situation, cell: string): string {
  const [news = '', order = ''] = cell.split(': ')
  if (cell.startsWith('no ')) return cell
  if (cell.startsWith('~ ')) return says('~', s, { order: cell.slice(2) })
  if (cell.startsWith('fails ')) return failed(operation, s, cell.slice(6))
  if (cell === 'undelivered') return s.watch === 'none' ? 'ended: ended undeliverable' : '-'
  if (cell === 'lost') {
    const since = isLong(s.order) ? '!' : ''
    const watch = s.watch === 'none' ? `nothing${since}` : s.watch
    return says('outcomeUnknown', s, { order: `unknown${since}`, watch, blind: '' })
  }
  if (news === 'takes effect') return says(order, accepted(operation, s), {})
  return says(news, s, { order })
}

/** Back to the watch, unless that only began with a start. */
function failed(operation: Told, s: Situation, how: string): string {
  const isInDoubt = operation === 'start' && s.order.startsWith('unknown')
  if (s.watch === 'none' || isInDoubt) return `ended: ended ${how}`
  return says('failed', s, { order: 'nothing' })
}

/** A start begins the watch anew. */
function accepted(operation: Told, s: Situation): Situation {
  const since = isLong(s.order) ? '!' : ''
  const pending = operation === 'start' ? '' : `${operation}${since}`
  const to = { ...s, order: 'nothing', blind: '', pending } as const
  if (operation === 'start' || s.watch === 'none') {
    return { ...to, watch: `nothing${since}`, missed: false, stalled: '' }
  }
  return since ? to : { ...to, watch: s.watch.replace('still waits', 'waits') }
}

function looked(world: World, s: Situation, move: Move): string {
  const { operation, isFarOff } = world
  if (s.watch === 'none') return '-'
  if (!s.order.startsWith('unknown')) return followed(world, s, move)
  if (PROOF[operation].includes(move)) {
    return followed(world, accepted(operation, s), move, 'tookEffect')
  }
  if (move === 'success' || move === 'failed') return followed(world, s, move)
  if (!isLong(s.order)) return followed(world, s, move, 'no alarm')
  if (isFarOff) return asked(s, move, 'waiting')
  if (move === 'odd') return asked(s, move, 'unreadable')
  return failed(operation, { ...s, blind: '', missed: false }, 'noEffect')
}

/** People are asked, once. What is seen meanwhile is remembered. */
function asked(s: Situation, move: Move, blind: Situation['blind']): string {
  const to = { watch: shown(s, move), blind, missed: false, stalled: stalledBy(s, move) }
  if (!s.blind) return says('cannotTell', s, to)
  return to.watch === s.watch && blind === s.blind && !s.missed ? '-' : says('~', s, to)
}

function followed({ isFarOff }: World, s: Situation, move: Move, said = '~'): string {
  const news = said === 'no alarm' ? '~' : said
  if (move === 'success') return 'ended: ended done'
  if (move === 'failed') return `ended: ended ${s.pending.includes('stop') ? 'stopped' : 'failed'}`
  const word = shown(s, move)
  if (word === 'still waits' && s.order === 'nothing' && !isFarOff) return 'ended: ended notRunning'
  const to = { watch: word, blind: '', missed: false, stalled: stalledBy(s, move) } as const
  if (word === 'ready' && wordOf(s.watch) !== 'ready') {
    return says(news === '~' ? 'ready' : news, s, to)
  }
  if (isNotDone(s, word)) return says('notDone', s, { ...to, pending: late(s) })
  if (said === '~' && to.stalled === 'due') return says('alarm', s, { ...to, stalled: 'told' })
  return news === '~' && word === s.watch && !s.blind && !s.missed ? '-' : says(news, s, to)
}

/** It is over as soon as a look shows anything else. */
function stalledBy(s: Situation, move: Move): Situation['stalled'] {
  return move === 'runs' && wordOf(s.watch) === 'runs' ? s.stalled : ''
}

function isPending({ pending }: Situation): boolean {
  return pending !== '' && pending !== LATE_STOP
}

const LATE_STOP = 'late stop'

function late({ pending }: Situation): string {
  return pending.startsWith('stop') ? LATE_STOP : ''
}

/** Long after DTS accepted it, the job still has a status in which it can be asked for. */
function isNotDone({ pending }: Situation, word: string): boolean {
  if (!isLong(pending)) return false
  return FROM[pending.startsWith('stop') ? 'stop' : 'cutOver'].includes(word)
}

function shown(s: Situation, move: Move): string {
  const isStill = move.startsWith('waits') && wordOf(s.watch) === 'still waits'
  return isStill ? 'still waits' : move.replace(/,.*/, '')
}

function unseen(s: Situation): string {
  const isUnknown = s.order.startsWith('unknown')
  if (!isLong(isUnknown ? s.order : s.watch) || s.blind === 'unseen') return '-'
  const news = isUnknown ? 'cannotTell' : 'outOfSight'
  return says(s.blind ? '~' : news, s, { blind: 'unseen' })
}

function says(news: string, was: Situation, change: Partial<Situation>): string {
  return `${news}: ${inWords({ ...was, ...change })}`
}

function isLong(half: string): boolean {
  return half.endsWith('!')
}

function wordOf(half: string): string {
  return half.replace('!', '')
}
