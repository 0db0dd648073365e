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
  TOO_LATE,
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
  /** Whether it ended because the call would have left too late. */
  tooLate: boolean
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
  clicks: Click[]
}

/**
 * `at` and `deliveredAt`: milliseconds since 1970. It may be delivered again later. `request`: the
 * number of the one that it decides.
 */
type Click = { user: string; ok: boolean; at: number; deliveredAt: number; request: number }

/**
 * `state`: undefined for a sentence that the judge does not know. `at`: milliseconds since 1970.
 * `request`: the number of the one that its buttons decide; undefined without buttons.
 */
export type Version = {
  says: string
  state: Busy | Ending | undefined
  ended: boolean
  at: number
  request: number | undefined
}

/** `ending`: of the note that says how the migration ended. `at`: milliseconds since 1970. */
export type Note = {
  says: string
  kind: NoteKind | undefined
  ending: string | undefined
  at: number
}

export function readCard(evidence: Evidence, message: Message): Card {
  const says = text(message)
  const how = endingOf(says)
  const versions = evidence.versions.filter(({ ts }) => ts === message.ts).map(readVersion)
  const thread = evidence.messages.filter(({ threadTs }) => threadTs === message.ts).map(readNote)
  return {
    jobId: /dts-[a-z0-9]+/.exec(says)?.[0] ?? '',
    key: keyOf(message),
    says,
    requester: /@(U0R\d)/.exec(says)?.[1] ?? '',
    how,
    tooLate: how === 'Not started' && TOO_LATE.test(says),
    rejectedBy: how && ENDINGS[how].exec(says)?.[1],
    versions,
    thread,
    approvedBy: thread.flatMap((one) => NOTES.approvedBy.exec(one.says)?.[1] ?? []),
    shownApprovers: versions.flatMap((one) => CARD_APPROVED_BY.exec(one.says)?.[1] ?? []),
    clicks: clicksOn(evidence, message),
  }
}

function readVersion(message: Evidence['versions'][number]): Version {
  const says = text(message)
  const ending = endingOf(says)
  return {
    says,
    state: ending ?? busyOf(says),
    ended: ending !== undefined,
    at: message.at,
    request: requestOf(buttonsOf(message).find((one) => one.action_id === 'dts_approve')?.value),
  }
}

function readNote(message: Message): Note {
  const says = text(message)
  const ending = NOTES.ended.exec(says)?.[1]
  return { says, kind: noteKindOf(says), ending, at: Number(message.ts) * 1000 }
}

type Button = { action_id?: string; value?: string }

function buttonsOf({ blocks }: Message): Button[] {
  return blocks.flatMap((block) => (block['elements'] as Button[] | undefined) ?? [])
}

/** Of the value of a button: which of the migration's requests it decides. */
function requestOf(value: string | undefined): number | undefined {
  return value === undefined ? undefined : Number(/\d+$/.exec(value)?.[0])
}

function clicksOn({ deliveries }: Evidence, { ts }: Message): Click[] {
  return deliveries.flatMap((one) => {
    const { actions, message: on, user } = payloadOf(one)
    const [action] = actions ?? []
    if (on?.ts !== ts || action?.action_id !== 'dts_approve' || !user) return []
    const request = requestOf(action.value) ?? 1
    const at = Number(action.action_ts) * 1_000
    return [{ user: user.id, ok: one.ok, at, deliveredAt: one.at, request }]
  })
}

export function clicksBy({ clicks }: Card, user: string): Click[] {
  return clicks.filter((one) => one.user === user)
}

/** What the bot calls a message of its own; empty when it does not. */
export function keyOf({ metadata }: Message): string {
  const { event_payload: payload } = (metadata ?? {}) as { event_payload?: { key?: string } }
  return payload?.key ?? ''
}
