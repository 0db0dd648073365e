import { RULES } from '../../src/bot.ts'
import type { JobStatus } from '../../src/dts/job.ts'
import { OFFERED } from '../../src/migration/offers.ts'
import { ids } from '../../src/views/ids.ts'
import { OPERATIONS } from '../chaos/operations.ts'
import type { Act } from './acts.ts'
import { REQUEST_LASTS, WATCH_EVERY } from './bot.ts'
import { SIMULATED, type SimulatedJob, type SimulatedOperation } from './job.ts'
import { type Evidence, wordsOf } from './evidence.ts'
import { MINUTE } from './scheduler.ts'
import { type Message, type Version, buttonsOf } from './slack.ts'

/** All that people saw of a migration: its cards, and what its thread said. */
type Seen = {
  id: string
  job: SimulatedJob
  cards: Message[]
  notes: Message[]
  isTroubled: boolean
}

/** What the cards and threads promise, once nothing has gone wrong for some hours. */
export function judgeCards(evidence: Evidence): string[] {
  const all = migrationsIn(evidence)
  return [
    ...all.flatMap((seen) =>
      [...untrue(evidence, seen), ...atTheEnd(evidence, seen)].map(
        (what) => `${seen.id} ${seen.job.id}: ${what}`,
      ),
    ),
    ...lostActs(evidence, all),
  ]
}

function migrationsIn({ slack, dts }: Evidence): Seen[] {
  const byId = Map.groupBy(
    slack.messages.filter(({ key }) => key !== undefined),
    ({ key }) => key?.split(':')[0] ?? '',
  )
  return [...byId].flatMap(([id, messages]) => {
    const cards = messages.filter(({ key }) => key?.includes(':card:'))
    const jobId = /dts-\d+/.exec(messages[0]?.versions[0].text ?? '')?.[0] ?? ''
    const job = dts.jobs.get(jobId)
    if (!job) return []
    const isTroubled =
      messages.some(({ channel }) => slack.wasArchived.has(channel)) || cards.length > 4
    const notes = messages.filter(
      (one) => !cards.includes(one) && messages.find(({ key }) => key === one.key) === one,
    )
    return [{ id, job, cards, notes, isTroubled }]
  })
}

/** What was said and is not so, whatever came before or after. */
function untrue({ dts, delivered }: Evidence, { id, job, notes, cards }: Seen): string[] {
  const faults: string[] = []
  for (const operation of SIMULATED) {
    const calls = dts.received.filter(
      (call) => call.attempt?.migration === id && call.operation === operation,
    )
    const effective = calls.filter(({ effect }) => effect)
    const told = notes.filter(
      ({ versions: [said] }) =>
        saysItDidNot(said, operation) && !/looked: it did not/.test(wordsOf(said)),
    )
    const asked = cards.flatMap(({ versions }) => askedTo(operation, versions))
    const approved = new Set(
      delivered.flatMap(({ act }) =>
        act.do === 'approve' && asked.includes(act.reference) ? [act.reference] : [],
      ),
    ).size
    const isUndone = effective.some(({ leftAt }) => job.undoneAt > leftAt)
    const most = operation === 'start' ? 1 : approved
    if (!isUndone && told.length > 0 && effective.length + told.length > most) {
      faults.push(`${operation} took effect, and people read: ${told[0]?.versions[0].text}`)
    }
    if (effective.length > 1 && operation === 'start') faults.push('started twice')
  }
  const ready = notes.filter(({ versions: [said] }) =>
    /is ready to cut over/.test(said.text),
  ).length
  // A run that stood still becomes ready once more.
  const most = job.runs.reduce((sum, { holds }) => sum + 1 + holds.length, 0)
  if (ready > Math.max(1, most)) faults.push(`said to be ready ${ready} times`)
  for (const version of cards.flatMap(({ versions }) => versions)) {
    const { at, text } = version
    if (waitsForNothing(version, job) && dts.looks.hasSeen(id, job.timeSetAt, at - IN_FLIGHT)) {
      faults.push('waits for a time that a look had shown to be set off')
    }
    if (text.startsWith('Done') && !job.endings(at).includes('success'))
      faults.push('Done, and it is not')
    if (/ failed\. /.test(text) && !job.endings(at).includes('failed')) {
      faults.push('said to have failed, and it did not')
    }
    if (text.startsWith('Monitoring lost') && !job.isDeleted)
      faults.push('said to be gone, and it is there')
  }
  return [...new Set(faults)]
}

/** Of continuing and retrying people read the same title. */
function saysItDidNot(said: Version, operation: SimulatedOperation): boolean {
  const { to, didNot, notDone } = OPERATIONS[operation]
  if (![didNot, notDone].some((title) => said.text.startsWith(`${title}:`))) return false
  return operation === 'start' || wordsOf(said).includes(`your request to ${to}:`)
}

/** The requests for it that people saw. */
function askedTo(operation: SimulatedOperation, versions: Version[]): string[] {
  const asks = new RegExp(`asks (?:again )?to ${OPERATIONS[operation].to} `)
  return versions
    .filter(({ text }) => asks.test(text))
    .flatMap((version) => buttonsOf(version))
    .flatMap(({ does, value }) => (does === ids.approve ? [value] : []))
}

/** A card is drawn at most so long before people see it. */
const IN_FLIGHT = MINUTE

/** Whether it says that the job runs later, when somebody had set it to run at once. */
function waitsForNothing(version: Version, job: SimulatedJob): boolean {
  const isAtOnce = job.timeSetAt > 0 && job.expectedAt === undefined && version.at > job.timeSetAt
  return isAtOnce && version.text.startsWith('Outcome') && /set to run later/.test(wordsOf(version))
}

const ENDED =
  /^(Done|Monitoring lost|Rejected|Withdrawn|Expired|Not started|Did not start|I couldn't post)|failed\. The|is stopped|is not running|no longer watched/

/** Where the card stands after hours without a fault: at an end, at a question, or at a true watch. */
function atTheEnd(evidence: Evidence, { cards, job, isTroubled }: Seen): string[] {
  // Of a card that was posted twice, one is enough. That one was deleted shows when it has news.
  const copies = cards.filter(({ key }) => key === cards.at(-1)?.key)
  if (isTroubled || copies.some(({ isDeleted }) => isDeleted)) return []
  const found = copies.map((card) => standingOf(evidence, card, job))
  return found.some((faults) => faults.length === 0) ? [] : (found[0] ?? [])
}

function standingOf({ now, dts, mostSet }: Evidence, card: Message, job: SimulatedJob): string[] {
  const last = lastOf(card)
  const age = now - last.at
  const buttons = buttonsOf(last).map(({ does }) => does)
  if (ENDED.test(last.text)) return buttons.length > 0 ? ['live buttons on an ended card'] : []
  if (buttons.includes(ids.approve)) {
    // A clock that is set between the reckoning and the commit of an expiry moves it.
    return age > REQUEST_LASTS + mostSet + 10 * MINUTE
      ? [`a request that never expires: ${last.text}`]
      : []
  }
  const faults: string[] = []
  const lookedAt = now - (dts.askedAbout.get(job.id) ?? 0)
  if (lookedAt > WATCH_EVERY + 2 * MINUTE) faults.push(`not looked at for ${lookedAt} ms`)
  if (last.text.startsWith('Outcome unknown')) {
    const since = Math.max(last.at, job.expectedAt ?? 0, job.timeSetAt)
    // Whether a job was retried, its error does not tell.
    const isTelling = job.status(now) !== 'resumableError'
    if (isTelling && now - since > KNOWN_WITHIN) faults.push(`no end, and looks tell: ${last.text}`)
  }
  if (buttons.some((does) => !OFFERED.some((name) => ids[name] === does))) return faults
  const isWaiting = WAITING.test(last.text)
  if (isWaiting && !TITLES(job.status(now)).test(last.text)) {
    if (age > RULES.patience + RULES.grace + 5 * MINUTE) faults.push(`no end: ${last.text}`)
    return faults
  }
  const lately = [0, 1, 2, 3].map((minutes) => job.status(now - minutes * MINUTE))
  if (!lately.some((status) => TITLES(status).test(last.text))) {
    faults.push(`the card says ${last.text}, and the job is ${job.status(now)}`)
  }
  return faults
}

/** After a call, or after the time for which it set the job. */
const KNOWN_WITHIN = RULES.patience + RULES.grace + 5 * MINUTE

/** What the cards of jobs that run say some minutes after the last clock was set right. */
export function judgeFresh(evidence: Evidence): string[] {
  const { now } = evidence
  return migrationsIn(evidence).flatMap(({ id, job, cards, isTroubled }) => {
    const card = cards.toSorted((a, b) => lastOf(a).at - lastOf(b).at).at(-1)
    if (!card || card.isDeleted || isTroubled) return []
    const shown = /^Running (\d+) %/.exec(lastOf(card).text)?.[1]
    const was = job.percent(now - 2.5 * MINUTE) ?? 0
    return shown && Number(shown) < was - 1
      ? [`${id} ${job.id}: ${shown} % on the card, and it was ${was} % minutes ago`]
      : []
  })
}

function lastOf({ versions }: Message): Version {
  return versions.at(-1) ?? versions[0]
}

const WAITING = new RegExp(
  `^(Outcome unknown|Approved|${SIMULATED.map((one) => OPERATIONS[one].doing).join('|')})`,
)

const SHOWN: Partial<Record<JobStatus, string>> = {
  running: 'Running',
  readyComplete: 'Ready to cut over',
  completing: 'Cutting over',
  stopping: 'Stopping',
  pausing: 'The job is being paused',
  paused: 'The job is paused',
  resumableError: 'The job has hit an error',
  resuming: 'The job is being retried',
}

function TITLES(status: JobStatus): RegExp {
  const accepted = '|\\w+ accepted'
  const title = SHOWN[status]
  if (title) return new RegExp(`^(${title}${accepted})`)
  if (status === 'checkPass' || status === 'readyRun') return /^(Accepted|The job|Watching)/
  return /^$/
}

const TRACES: Partial<Record<Act['do'], RegExp>> = {
  approve: /^Approved to/,
  reject: /^(Rejected|Withdrawn)/,
  tookEffect: /took effect/,
  noEffect: /^Did not/,
  stopWatching: /no longer watched/,
  operate: /^Approval needed/,
}

/** When it was asked for the first time: the same request twice is one. */
function firstOf(delivered: Evidence['delivered'], asked: Extract<Act, { do: 'operate' }>): number {
  const { by, migration, operation } = asked
  const same = delivered.filter(
    ({ act }) =>
      act.do === 'operate' &&
      act.by === by &&
      act.migration === migration &&
      act.operation === operation,
  )
  return Math.min(...same.map(({ at }) => at))
}

/** What Slack was told is taken has to leave a trace. */
function lostActs({ delivered, slack }: Evidence, all: Seen[]): string[] {
  return delivered.flatMap(({ act, at, ackedAt }) => {
    if (ackedAt === undefined) return []
    if (act.do === 'start') {
      const isThere = slack.messages.some(({ versions: [first] }) => first.text.includes(act.jobId))
      return isThere || slack.wasArchived.has(act.channel)
        ? []
        : [`${act.form} was taken, and no card`]
    }
    const id = act.do === 'operate' ? act.migration : (act.reference.split(':')[0] ?? '')
    const seen = all.find((one) => one.id === id)
    if (!seen || seen.isTroubled) return []
    const trace = TRACES[act.do]
    const said = [...seen.notes, ...seen.cards].flatMap(({ versions }): Version[] => versions)
    const since = act.do === 'operate' ? firstOf(delivered, act) : at
    const isThere = said.some((version) => version.at > since && trace?.test(version.text))
    return isThere ? [] : [`${act.do} of ${id} at ${at} was taken, and nothing says so`]
  })
}
