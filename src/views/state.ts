import type { Blind, Migration, Started, Unknown } from '../migration.ts'
import { endTold } from './endings.ts'
import type { Seen } from '../job-facts.ts'
import { type Line, code, link, mention, moment, outside, user } from './rich.ts'
import { blindLines, references } from './trouble.ts'
import { CONSOLE, duration, jobIs, startTime } from './wording.en.ts'

/** How a migration stands: one mark, a headline, a line or two, and what comes next. */
export type Standing = { mark: string; title: string; says: Line[]; next: Line }

export function standing(m: Migration, approvers: string[]): Standing {
  const { state } = m
  switch (state.at) {
    case 'asking':
      return {
        mark: '⏳',
        title:
          m.ask.changes.length > 0 ? 'Changed, waiting for approval again' : 'Waiting for approval',
        says: [],
        next: [...listed(approvers), ' may approve, until ', moment(m.ask.expiresAt), '.'],
      }
    case 'approved':
      return {
        mark: '⏳',
        title: 'Approved, starting',
        says: [['Approved by ', user(state.by), '.']],
        next: state.trouble
          ? ['Not started yet: ', outside(state.trouble.reason), ' I will try again.']
          : ['I look at the job once more, then start it.'],
      }
    case 'starting':
      return {
        mark: '⏳',
        title: 'Starting',
        says: [['Approved by ', user(state.by), '.']],
        next: ['The start is sent. Waiting for the answer.'],
      }
    case 'unknown':
      return {
        mark: '❓',
        title: 'Outcome unknown',
        says: [
          ['I sent the start and got no clear answer. It may or may not have started.'],
          ...(state.trouble.code ? [['DTS said ', code(state.trouble.code)]] : []),
          ...references(state.trouble),
          ...(state.blind ? blindLines(state.blind) : []),
        ],
        next: state.blind
          ? ['Look in the ', link(CONSOLE, 'console'), ', then press what you found.']
          : findingOut(state),
      }
    case 'started':
      return state.blind
        ? outOfSight(startedStanding(m, state), state.blind)
        : startedStanding(m, state)
    case 'ended':
      return endTold(m, state)
  }
}

/** `@oncall, @someone`; everybody in it is mentioned. */
export function listed(people: string[]): Line {
  return people.flatMap((id, index) => (index > 0 ? [', ', mention(id)] : [mention(id)]))
}

/** How an unknown outcome is found out, and by when. */
export function findingOut({ knownBy }: Unknown): Line {
  const then = '; then I know, or ask people to look. I will not send the start again.'
  return knownBy
    ? ['I keep looking until ', moment(knownBy), ` at the latest${then}`]
    : ['I keep looking at the job until it tells; I will not send the start again.']
}

function outOfSight({ title }: Standing, blind: Blind): Standing {
  return {
    mark: '❓',
    title: 'Out of sight',
    says: [[`Last seen as: ${title}.`], ...blindLines(blind)],
    next: ['I keep trying. Until then, look in the ', link(CONSOLE, 'console'), '.'],
  }
}

function startedStanding(m: Migration, state: Started): Standing {
  const { seen } = state
  if (!seen || seen.status === 'checkPass' || seen.status === 'readyRun') {
    const timed = m.job.runMode === 'timed'
    return {
      mark: '▶',
      title: timed ? 'Accepted, not running yet' : 'Accepted',
      says: timed ? [['Starts ', ...startTime(seen?.expectTime ? seen : m.job), '.']] : [],
      next: ['I will say when it is ready or if it stops.'],
    }
  }
  if (seen.status === 'readyComplete') {
    return {
      mark: '⏸',
      title: 'Ready to cut over',
      says: [
        [
          seen.secondsBehind ? 'Not in sync yet' : 'In sync',
          ...behind(seen),
          '. It keeps replicating, and costing, until someone cuts over.',
        ],
      ],
      next: ['Cut over in the ', link(CONSOLE, 'console'), '.'],
    }
  }
  return {
    mark: '▶',
    title: titleOf(seen),
    says: [
      steps(seen),
      [`${duration(Date.parse(seen.at) - Date.parse(state.since))} so far`, ...behind(seen)],
    ],
    next: ['I will say when it is ready or if it stops.'],
  }
}

function titleOf({ status, statusCode, percent }: Seen): string {
  switch (status) {
    case 'running':
      return percent === undefined ? 'Running' : `Running ${percent} %`
    case 'stopping':
      return 'Stopping'
    case 'completing':
      return 'Cutting over'
    default:
      return `The job ${jobIs(status, statusCode)}`
  }
}

export function steps({ stepNow, stepAll, stepName }: Seen): Line {
  if (stepNow === undefined || stepAll === undefined) return []
  return [`Step ${stepNow} of ${stepAll}`, ...(stepName ? [': ', outside(stepName)] : [])]
}

/** A lag means something in the last step only, where changes are replicated. */
export function behind({ status, stepNow, stepAll, secondsBehind, megabytesBehind }: Seen): Line {
  if (status !== 'readyComplete' && stepNow !== stepAll) return []
  return [
    ...(secondsBehind === undefined ? [] : [`, ${secondsBehind} s behind`]),
    ...(megabytesBehind === undefined ? [] : [`, ${megabytesBehind} MB behind`]),
  ]
}
