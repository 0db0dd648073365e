import { text } from '../../playground/workspace/read.ts'
import type { Message } from '../../playground/workspace/workspace.ts'
import type { Evidence } from './evidence.ts'
import { payloadOf } from './payload.ts'

/** A migration as people see it. */
export type Card = {
  jobId: string
  /** What the bot calls it. */
  key: string
  says: string
  requester: string
  /** How it ended: `Done`; undefined when it did not. */
  how: string | undefined
  /** All ends that it ever showed. */
  endings: string[]
  /** It showed an end, and then something that is none. */
  goneOn: boolean
  thread: string[]
  approvedBy: string[]
  /** Of *Approve*. */
  clicks: { user: string; ok: boolean; at: string }[]
}

const OVER = /^(?:✅|❌|✖|❓) (Done|Failed|Rejected|Withdrawn|Expired|Not started|Did not start)/

export function readCard(evidence: Evidence, message: Message): Card {
  const says = text(message)
  const versions = evidence.versions.filter(({ ts }) => ts === message.ts).map((one) => text(one))
  const ends = versions.map((one) => OVER.exec(one)?.[1])
  const first = ends.findIndex((end) => end !== undefined)
  const thread = evidence.messages
    .filter(({ threadTs }) => threadTs === message.ts)
    .map((m) => text(m))
  return {
    jobId: /dts-[a-z0-9]+/.exec(says)?.[0] ?? '',
    key: keyOf(message),
    says,
    requester: /@(U0R\d)/.exec(says)?.[1] ?? '',
    how: OVER.exec(says)?.[1],
    endings: [...new Set(ends.filter((end) => end !== undefined))],
    goneOn: first >= 0 && ends.slice(first).includes(undefined),
    thread,
    approvedBy: thread.flatMap((said) => /Approved by @(\w+)/.exec(said)?.[1] ?? []),
    clicks: evidence.deliveries.flatMap((one) => {
      const { actions, message: on, user } = payloadOf(one)
      const [action] = actions ?? []
      if (on?.ts !== message.ts || action?.action_id !== 'dts_approve' || !user) return []
      return [{ user: user.id, ok: one.ok, at: action.action_ts }]
    }),
  }
}

export function clicksBy({ clicks }: Card, user: string): Card['clicks'] {
  return clicks.filter((one) => one.user === user)
}

function keyOf({ metadata }: Message): string {
  const { event_payload: payload } = (metadata ?? {}) as { event_payload?: { key?: string } }
  return payload?.key ?? ''
}
