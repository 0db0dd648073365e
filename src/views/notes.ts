import type { Seen } from '../job-facts.ts'
import type { Happening, Migration, State } from '../migration.ts'
import { isAtWork } from '../outcome.ts'
import type { Message } from './card.ts'
import { endTold } from './endings.ts'
import { LIMITS } from './limits.ts'
import { type Line, bold, code, lines, link, moment, quote, user } from './rich.ts'
import { findingOut, listed } from './state.ts'
import { blindLines, references, troubleLines } from './trouble.ts'
import { CONSOLE, changed, jobIs, startTime } from './wording.en.ts'

/** A message of the thread. `broadcast`: shown in the channel too, so that mentions are seen. */
export type Note = Message & { broadcast: boolean }

/** What the thread says when `h` has brought the migration into `after`; undefined for nothing. */
export function note(
  m: Migration,
  h: Happening,
  after: State,
  approvers: string[],
): Note | undefined {
  switch (h.type) {
    case 'approved':
      return say('Approved', [['Approved by ', user(h.by), '. Starting.']])
    case 'accepted':
      return say('Accepted', accepted(m, h.requestId))
    case 'changed':
      return loud('Changed since it was approved', [
        [bold('The job changed since it was approved.'), ' I sent nothing.'],
        ...(h.changes.length > 0
          ? h.changes.map(changed)
          : [['A setting that is not shown here changed: look at the job in the console.']]),
        [...listed(approvers), ': look again and decide on the card above.'],
      ])
    case 'lost':
      return lost(m, after)
    case 'throttled':
      return after.at === 'approved'
        ? say('Throttled', [
            ['Tencent Cloud is throttling us and has not started anything. I will try again.'],
            ...references(h.trouble),
          ])
        : atEnd(m, after)
    case 'observed':
      if (after.at === 'started') return seen(m, h.seen)
      return cannotTell(after, approvers) ?? atEnd(m, after)
    case 'unseen':
      return cannotTell(after, approvers) ?? outOfSight(m, after)
    case 'settled':
      return h.started
        ? say('It started', [[user(h.by), ' looked: it did start. I watch it.']])
        : atEnd(m, after)
    case 'asked':
    case 'attempted':
    case 'delayed':
      return undefined
    case 'rejected':
    case 'expired':
    case 'blocked':
    case 'denied':
    case 'missing':
    case 'letGo':
    case 'unshown':
      return atEnd(m, after)
  }
}

function accepted(m: Migration, requestId: string): Line[] {
  const then: Line =
    m.job.runMode === 'timed'
      ? ['Accepted. Starts ', ...startTime(m.job), '.']
      : ['DTS accepted the start. I will say when it is ready or if it stops.']
  return [then, ...(requestId ? [['RequestId ', code(requestId)]] : [])]
}

function lost(m: Migration, after: State): Note | undefined {
  if (after.at !== 'unknown') return undefined
  return loud('Outcome unknown', [
    [
      bold('Outcome unknown.'),
      ' I sent the start and got no clear answer. It may or may not have started.',
    ],
    ...troubleLines(after.trouble, m.requester),
    findingOut(after),
  ])
}

function cannotTell(after: State, approvers: string[]): Note | undefined {
  if (after.at !== 'unknown' || !after.blind) return undefined
  return loud('Still unknown', [
    [bold('I cannot find out whether the job started.')],
    ...blindLines(after.blind),
    [
      ...listed(approvers),
      ': look in the ',
      link(CONSOLE, 'console'),
      ', then press what you found on the card above.',
    ],
  ])
}

function outOfSight(m: Migration, after: State): Note | undefined {
  if (after.at !== 'started' || !after.blind) return undefined
  return loud('Out of sight', [
    [user(m.requester), ': ', bold('the job is out of sight.')],
    ...blindLines(after.blind),
    ['I keep trying. Until I see it again, it may end without a word from me.'],
  ])
}

function seen(m: Migration, { status, statusCode, startedAt }: Seen): Note {
  if (status === 'readyComplete') {
    return loud('Ready to cut over', [
      [user(m.requester), ': ', bold('ready to cut over.')],
      [
        'It keeps replicating, and costing, until someone cuts over in the ',
        link(CONSOLE, 'console'),
        '.',
      ],
    ])
  }
  const since: Line = isAtWork(status) || !startedAt ? [': '] : [', ', moment(startedAt), '. Now ']
  return say('It started', [['It did start', ...since, 'the job ', jobIs(status, statusCode), '.']])
}

function atEnd(m: Migration, after: State): Note | undefined {
  if (after.at !== 'ended') return undefined
  const { title, says, next, words, loud } = endTold(m, after)
  return {
    text: `${title}: ${m.job.id}`,
    blocks: [
      lines([user(m.requester), ': ', bold(title)], [code(m.job.id)], ...says, next),
      ...(words ?? []).map((text) => quote(text, LIMITS.errorText)),
    ],
    broadcast: loud ?? false,
  }
}

function say(text: string, said: Line[]): Note {
  return { text, blocks: [lines(...said)], broadcast: false }
}

function loud(text: string, said: Line[]): Note {
  return { ...say(text, said), broadcast: true }
}
