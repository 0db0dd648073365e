import { text } from '../../playground/workspace/read.ts'
import type { Message } from '../../playground/workspace/workspace.ts'
import type { Evidence } from './evidence.ts'
import { payloadOf } from './payload.ts'
import {
  type Busy,
  CARD_APPROVED_BY,
  ENDINGS,
  type Ending,
  NOTES,
  type NoteKind,
  busyOf,
  endingOf,
  noteKindOf,
} from './sentences.ts'

/** A migration as people see it. */
export type Card = {
  jobId: string
  /** What the bot calls its message. */
  key: string
  says: string
  requester: string
  /** How it ended; undefined when it did not. */
  how: Ending | undefined
  /** Who rejected or withdrew it. */
  rejectedBy: string | undefined
  /** Every version of the card, the oldest first. */
  versions: Version[]
  thread: Note[]
  /** As the thread says. */
  approvedBy: string[]
  /** As the card said. */
  shownApprovers: string[]
  /** Of *Approve*. */
  clicks: { user: string; ok: boolean; at: string }[]
}

/** `state`: undefined for a sentence that the judge does not know. */
export type Version = { says: string; state: Busy | Ending | undefined; ended: boolean }

/** `ending`: of the note that says how the migration ended. */
export type Note = { says: string; kind: NoteKind | undefined; ending: string | undefined }

export function readCard(evidence: Evidence, message: Message): Card {
  const says = text(message)
  const how = endingOf(says)
  const versions = evidence.versions.filter(({ ts }) => ts === message.ts).map((m) => text(m))
  const thread = evidence.messages
    .filter(({ threadTs }) => threadTs === message.ts)
    .map((m) => text(m))
  return {
    jobId: /dts-[a-z0-9]+/.exec(says)?.[0] ?? '',
    key: keyOf(message),
    says,
    requester: /@(U0R\d)/.exec(says)?.[1] ?? '',
    how,
    rejectedBy: how && ENDINGS[how].exec(says)?.[1],
    versions: versions.map((one) => {
      const ending = endingOf(one)
      return { says: one, state: ending ?? busyOf(one), ended: ending !== undefined }
    }),
    thread: thread.map((one) => ({
      says: one,
      kind: noteKindOf(one),
      ending: NOTES.ended.exec(one)?.[1],
    })),
    approvedBy: thread.flatMap((one) => NOTES.approvedBy.exec(one)?.[1] ?? []),
    shownApprovers: versions.flatMap((one) => CARD_APPROVED_BY.exec(one)?.[1] ?? []),
    clicks: clicksOn(evidence, message),
  }
}

function clicksOn({ deliveries }: Evidence, { ts }: Message): Card['clicks'] {
  return deliveries.flatMap((one) => {
    const { actions, message: on, user } = payloadOf(one)
    const [action] = actions ?? []
    if (on?.ts !== ts || action?.action_id !== 'dts_approve' || !user) return []
    return [{ user: user.id, ok: one.ok, at: action.action_ts }]
  })
}

export function clicksBy({ clicks }: Card, user: string): Card['clicks'] {
  return clicks.filter((one) => one.user === user)
}

/** What the bot calls a message of its own; empty when it does not. */
export function keyOf({ metadata }: Message): string {
  const { event_payload: payload } = (metadata ?? {}) as { event_payload?: { key?: string } }
  return payload?.key ?? ''
}
