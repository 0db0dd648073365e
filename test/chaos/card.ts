import { text } from '../../playground/workspace/read.ts'
import type { Message } from '../../playground/workspace/workspace.ts'
import type { Evidence } from './evidence.ts'
import type { Operation } from './operations.ts'
import { payloadOf } from './payload.ts'
import { type Request, requestsOf } from './requests.ts'
import {
  type Busy,
  ENDINGS,
  type Ending,
  type NoteKind,
  endingOf,
  readCardText,
  readNoteText,
} from './sentences.ts'

/** A migration as people see it. */
export type Card = {
  jobId: string
  /** What the bot calls its message. */
  key: string
  says: string
  /** Who asked for the start, or asked the bot to watch. */
  owner: string
  /** How it ended; undefined when it did not. */
  how: Ending | undefined
  /** Who rejected or withdrew it, or stopped the watch. */
  endedBy: string | undefined
  /** Every version of the card, the oldest first. */
  versions: Version[]
  /** In the order in which the bot numbered them, none of them twice. */
  thread: Note[]
  requests: Request[]
  /** Of *Approve*. */
  clicks: Click[]
}

/**
 * `at` and `deliveredAt`: milliseconds since 1970. It may be delivered again later. `request`: the
 * number of the one that it decides.
 */
export type Click = { user: string; ok: boolean; at: number; deliveredAt: number; request: number }

/**
 * `state`: undefined for a sentence that the judge does not know. `at`: milliseconds since 1970.
 * `request`: the number of the one that its buttons decide; undefined without buttons.
 */
export type Version = {
  says: string
  state: Busy | Ending | undefined
  operation: Operation | undefined
  ended: boolean
  at: number
  request: number | undefined
}

/** `how`: how the request or the migration ended, where that is what it says. `at`: as above. */
export type Note = {
  says: string
  kind: NoteKind | undefined
  operation: Operation | undefined
  by: string | undefined
  how: string | undefined
  at: number
}

export function readCard(evidence: Evidence, message: Message): Card {
  const says = text(message)
  const how = endingOf(says)
  const versions = evidence.versions.filter(({ ts }) => ts === message.ts).map(readVersion)
  const thread = inOrder(evidence.messages.filter(({ threadTs }) => threadTs === message.ts))
  const card = {
    jobId: /dts-[a-z0-9]+/.exec(says)?.[0] ?? '',
    key: keyOf(message),
    says,
    owner: / for @(\w+)\n/.exec(says)?.[1] ?? '',
    how,
    endedBy: how && ENDINGS[how].exec(says)?.groups?.['by'],
    versions,
    thread: thread.map(readNote),
    clicks: clicksOn(evidence, message),
  }
  return { ...card, requests: requestsOf(card) }
}

function inOrder(messages: Message[]): Message[] {
  const number = (message: Message): number => Number(/:(\d+)$/.exec(keyOf(message))?.[1] ?? 0)
  const once = messages.filter(
    (one, index) => !keyOf(one) || messages.findIndex((m) => keyOf(m) === keyOf(one)) === index,
  )
  return once.toSorted((a, b) => number(a) - number(b))
}

function readVersion(message: Evidence['versions'][number]): Version {
  const says = text(message)
  const read = readCardText(says)
  return {
    says,
    state: read?.kind,
    operation: read?.operation,
    ended: endingOf(says) !== undefined,
    at: message.at,
    request: requestIn(buttonsOf(message).find((one) => one.action_id === 'dts_approve')?.value),
  }
}

function readNote(message: Message): Note {
  const says = text(message)
  const { kind, operation, by, how } = readNoteText(says) ?? {}
  return { says, kind, operation, by, how, at: Number(message.ts) * 1000 }
}

type Button = { action_id?: string; value?: string }

function buttonsOf({ blocks }: Message): Button[] {
  return blocks.flatMap((block) => (block['elements'] as Button[] | undefined) ?? [])
}

/** Of the value of a button or a form: which of the migration's requests it is about. */
export function requestIn(value: string | undefined): number | undefined {
  return value === undefined ? undefined : Number(/\d+$/.exec(value)?.[0])
}

function clicksOn({ deliveries }: Evidence, { ts }: Message): Click[] {
  return deliveries.flatMap((one) => {
    const { actions, message: on, user } = payloadOf(one)
    const [action] = actions ?? []
    if (on?.ts !== ts || action?.action_id !== 'dts_approve' || !user) return []
    const request = requestIn(action.value) ?? 1
    const at = Number(action.action_ts) * 1_000
    return [{ user: user.id, ok: one.ok, at, deliveredAt: one.at, request }]
  })
}

/** What the bot calls a message of its own; empty when it does not. */
export function keyOf({ metadata }: Message): string {
  const { event_payload: payload } = (metadata ?? {}) as { event_payload?: { key?: string } }
  return payload?.key ?? ''
}
