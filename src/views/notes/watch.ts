import type { Event } from '../../migration/event.ts'
import type { Alarm, ApprovalRequest, Blind, Migration } from '../../migration/migration.ts'
import { type EndingText, type Failed, failureText } from '../failures.ts'
import { LIMITS } from '../limits.ts'
import { lookShown } from '../look.ts'
import { lines, quote } from '../rich.ts'
import { blindLines } from '../trouble.ts'
import type { Wording } from '../wording/wording.ts'
import { type Note, sayLoud } from './say.ts'
import { jobInText } from '../mrkdwn.ts'

export function outOfSight(m: Migration, blind: Blind, words: Wording): Note {
  const { says, keepTrying } = words.notes.outOfSight
  const { textBlind } = words.card.watching
  return sayLoud(
    textBlind(jobInText(m)),
    says(m.owner),
    ...blindLines(blind, m.watch?.look, words),
    keepTrying(),
  )
}

export function ready(m: Migration, words: Wording): Note {
  const { text, says } = words.notes.ready
  const { ready: inSync, cutOverHere } = words.card.watching
  const look = m.watch?.look
  return sayLoud(
    text(jobInText(m)),
    says(m.owner),
    ...(look ? [inSync(lookShown(look))] : []),
    cutOverHere(),
  )
}

/** DTS accepted a cutover or a stop, and the job shows no sign of it. */
export function notDone(m: Migration, asked: ApprovalRequest, words: Wording): Note {
  const { text, says, turn } = words.notes.notDone
  const look = m.watch?.look
  return sayLoud(
    text(asked.operation, jobInText(m)),
    says(asked.operation),
    ...(look ? [words.job.nowIs(lookShown(look))] : []),
    turn(asked.requester, asked.operation),
  )
}

/** A job that needs somebody. */
export function alarm(m: Migration, { is }: Alarm, words: Wording): Note {
  const { text, says, turn, cannotCancel } = words.notes.alarm
  const look = m.watch?.look
  const said = sayLoud(
    text(is, jobInText(m)),
    says(is),
    ...(is === 'changed' ? [cannotCancel()] : []),
    ...(look ? [words.job.nowIs(lookShown(look))] : []),
    turn(m.owner),
  )
  const logs = is === 'broken' ? (look?.errors ?? []).map(({ log }) => log) : []
  return { ...said, blocks: [...said.blocks, ...quotes({ quotes: logs })] }
}

export function ended(m: Migration, said: EndingText, words: Wording): Note {
  const { says, jobId } = words.notes.ended
  const headed = [says(said.person, said.title), jobId(m.job.id)]
  return {
    text: said.text,
    blocks: said.details
      ? [
          lines(...headed),
          ...quotes(said),
          ...said.details.map((one) => lines(...one)),
          lines(said.next),
        ]
      : [lines(...headed, ...said.says, said.next), ...quotes(said)],
    broadcast: said.loud ?? false,
  }
}

/** A request or an order came to nothing, and the bot goes on watching. */
export function failed(m: Migration, event: Event, words: Wording): Note | undefined {
  const failure = failureOf(event)
  if (!failure) return undefined
  const said = failureText(m, failure, words)
  const { text, says, keepWatching } = words.notes.failed
  const operation = m.request?.operation ?? 'start'
  return {
    text: text(said.text),
    blocks: [
      lines(
        says(operation, said.person, said.title),
        words.notes.ended.jobId(m.job.id),
        ...said.says,
        said.next,
        keepWatching(),
      ),
      ...quotes(said),
    ],
    broadcast: said.loud ?? false,
  }
}

function quotes({ quotes: texts }: Pick<EndingText, 'quotes'>) {
  return (texts ?? []).slice(0, LIMITS.errors).map((text) => quote(text, LIMITS.errorText))
}

function failureOf(event: Event): Failed | undefined {
  switch (event.type) {
    case 'rejected':
      return { how: 'rejected', by: event.by, reason: event.reason }
    case 'expired':
      return { how: 'expired' }
    case 'blocked':
      return {
        how: 'blocked',
        status: event.status,
        statusCode: event.statusCode,
        items: event.items,
      }
    case 'denied':
    case 'delayed':
    case 'throttled':
      return { how: 'denied', trouble: event.trouble }
    case 'observed':
      return { how: 'noEffect' }
    case 'settled':
      return { how: 'noEffect', by: event.by }
    case 'requested':
    case 'watched':
    case 'approved':
    case 'changed':
    case 'outdated':
    case 'attempted':
    case 'accepted':
    case 'lost':
    case 'checked':
    case 'checkBegun':
    case 'checkDenied':
    case 'compareAsked':
    case 'compareSending':
    case 'compareCreated':
    case 'compareDenied':
    case 'compareSeen':
    case 'compareUnseen':
    case 'missing':
    case 'unseen':
    case 'watchStopped':
    case 'undeliverable':
      return undefined
  }
}
