import type { Event } from '../../migration/event.ts'
import type { ApprovalRequest, Migration, Skip } from '../../migration/migration.ts'
import { differences } from '../../migration/snapshot.ts'
import { LIMITS } from '../limits.ts'
import { quote } from '../rich.ts'
import { skipLines } from '../skip.ts'
import type { Wording } from '../wording/wording.ts'
import { type Note, say, sayLoud } from './say.ts'
import { jobInText } from '../mrkdwn.ts'

/**
 * Undefined for the request that the card was posted for: the card says it. But a skip stays on record
 * here, with all of its items.
 */
export function requested(
  m: Migration,
  asked: ApprovalRequest,
  { type }: Event,
  words: Wording,
): Note | undefined {
  if (asked.skip) return requestedSkip(m, asked, asked.skip, words)
  const hasPassed = type === 'checked'
  if (asked.number === 1 && !m.watch && !hasPassed) return undefined
  const { operation, requester, reason, rule, expiresAt } = asked
  const { text, says, turn } = words.notes.requested
  const first = hasPassed ? words.check.passedSo(requester) : says(operation, requester)
  const last = turn(rule.approvers, expiresAt)
  const { blocks, ...note } = sayLoud(text(operation, jobInText(m)), first)
  return { ...note, blocks: [...blocks, quote(reason, LIMITS.reason), ...say('', last).blocks] }
}

function requestedSkip(m: Migration, asked: ApprovalRequest, skip: Skip, words: Wording): Note {
  const { operation, requester, reason } = asked
  const { text, says } = words.notes.requested
  const all = skipLines(skip, skip.items.length, words)
  const { blocks, ...note } = say(text(operation, jobInText(m)), says(operation, requester), ...all)
  return { ...note, blocks: [...blocks, quote(reason, LIMITS.reason)] }
}

export function voted(m: Migration, asked: ApprovalRequest, by: string, words: Wording): Note {
  const { text, says } = words.notes.voted
  const missing = asked.rule.approvals - new Set(asked.votes.map((vote) => vote.by)).size
  return say(text(asked.operation, jobInText(m), missing), says(by, missing))
}

export function approved(m: Migration, asked: ApprovalRequest, words: Wording): Note {
  const { text, says } = words.notes.approved
  const people = asked.votes.map(({ by }) => by)
  return say(text(asked.operation, jobInText(m)), says(asked.operation, people))
}

/** The approval is too old to act on: people are asked again. */
export function outdated(m: Migration, asked: ApprovalRequest, words: Wording): Note {
  const { text, says, turn } = words.notes.outdated
  return sayLoud(text(asked.operation, jobInText(m)), says(), turn(asked.rule.approvers))
}

export function changed(m: Migration, asked: ApprovalRequest, words: Wording): Note {
  const { text, says, turn } = words.notes.changed
  const was = asked.changedFrom ?? m.snapshot
  const all = differences(was, m.snapshot)
  return sayLoud(
    text(asked.operation, jobInText(m)),
    says(),
    ...(all.length > 0
      ? all.map((difference) => words.job.changed(difference, was, m.snapshot))
      : [words.job.changedUnseen()]),
    turn(asked.rule.approvers),
  )
}
