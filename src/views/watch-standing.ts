import { type Look, STATUSES, type Snapshot } from '../dts/job.ts'
import type { Accepted, Migration, Watch } from '../migration/migration.ts'
import type { OperationName } from '../migration/operation.ts'
import { OPERATIONS } from '../migration/operations.ts'
import { estimate, trendOf } from '../migration/pace.ts'
import { lookShown } from './look.ts'
import type { Line } from './rich.ts'
import type { Wording } from './wording/wording.ts'
import { jobInText } from './mrkdwn.ts'

/**
 * How something stands: one mark, a headline, a line or two, and what comes next. `text` says it on a
 * lock screen, alone, in our own words and checked ids.
 */
export type Standing = { mark: string; title: string; text: string; says: Line[]; next: Line }

/** Where a job stands that is followed, as it was seen last. */
export function watchStanding(m: Migration, watch: Watch | undefined, words: Wording): Standing {
  const { text, watching } = words.card
  const said = watchSaid(m.snapshot, watch, words)
  const next = watching.willSay(underWay(watch))
  return { mark: '▶', next, text: text(said.title, jobInText(m)), ...said }
}

/** What people wait for: the end of a cutover or of a stop, or what becomes of the migration. */
function underWay(watch: Watch | undefined): OperationName {
  const { accepted, look } = watch ?? {}
  if (look?.status === 'completing') return 'cutOver'
  if (look?.status === 'stopping') return 'stop'
  if (look?.status === 'pausing' || look?.status === 'paused') return 'pause'
  return accepted?.operation ?? 'start'
}

type Said = Pick<Standing, 'title' | 'says'> & Partial<Standing>

function watchSaid(snapshot: Snapshot, watch: Watch | undefined, words: Wording): Said {
  const accepted = watch?.accepted
  const look = watch?.look && lookShown(watch.look)
  if (accepted && !isShown(accepted, look)) return acceptedSaid(accepted, snapshot, look, words)
  if (!watch || !look) return { title: words.card.watching.title(), says: [] }
  if (look.status === 'readyComplete') return ready(look, words)
  const failed = look.status === 'failed' ? { mark: '❌', next: words.card.watching.retry() } : {}
  const passed = Date.parse(look.at) - Date.parse(began(watch, look))
  const isAtWork = STATUSES[look.status].atWork
  return {
    title: words.job.title(look),
    says: [words.job.step(look), ...(isAtWork ? soFar(watch, look, passed, words) : [])],
    ...failed,
  }
}

/** How long it has taken, how far behind it is, and how much longer it takes where that is known. */
function soFar({ pace }: Watch, look: Look, passed: number, words: Wording): Line[] {
  const says = words.card.watching
  const rest = estimate(pace, look)
  return [
    says.soFar(passed, look, trendOf(pace, look)),
    ...(rest ? [says.left(rest.left, rest.over)] : []),
  ]
}

/** Whether the job's status shows already what DTS accepted. */
function isShown({ operation }: Accepted, look: Look | undefined): boolean {
  // Its check shows a skip, not the job.
  if (!look || operation === 'skip') return false
  if (operation === 'start') return look.status !== 'checkPass' && look.status !== 'readyRun'
  return OPERATIONS[operation].tookEffect(look, {}) !== false
}

function acceptedSaid(
  { operation }: Accepted,
  snapshot: Snapshot,
  look: Look | undefined,
  words: Wording,
): Said {
  const { accepted, acceptedTimed, runsAt, now } = words.card.watching
  if (operation !== 'start') return { title: accepted(operation), says: look ? [now(look)] : [] }
  if (snapshot.runMode !== 'timed') return { title: accepted(operation), says: [] }
  return { title: acceptedTimed(), says: [runsAt(look?.expectTime ? look : snapshot, look?.at)] }
}

function ready(look: Look, words: Wording): Said {
  const { readyTitle, ready: says, cutOverHere } = words.card.watching
  return { mark: '⏸', title: readyTitle(), says: [says(look)], next: cutOverHere() }
}

/** When the job's work began (ISO, UTC). One that we did not start may have run before the watch. */
export function began({ since, accepted }: Watch, look: Look | undefined): string {
  const startedAt = accepted?.operation === 'start' ? undefined : look?.startedAt
  return startedAt !== undefined && startedAt < since ? startedAt : since
}
