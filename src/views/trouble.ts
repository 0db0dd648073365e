import { classify } from '../dts/errors.ts'
import { API_VERSIONS, type Look } from '../dts/job.ts'
import type { Trouble } from '../dts/trouble.ts'
import type { Blind } from '../migration/migration.ts'
import type { Line } from './rich.ts'
import type { Wording } from './wording/wording.ts'

/**
 * What DTS said, in our words: sentence, what to do next and whose turn it is, what to quote.
 * The requester is mentioned when it is their turn; undefined where they read it themselves.
 */
export function troubleLines(trouble: Trouble, words: Wording, requester?: string): Line[] {
  return [...troubleSaid(trouble, words, requester), ...references(trouble, words)]
}

function troubleSaid(trouble: Trouble, words: Wording, requester: string | undefined): Line[] {
  if (trouble.kind === 'interrupted') return [words.trouble.interrupted()]
  if (trouble.kind !== 'error') return [words.trouble.silence(trouble.kind)]
  const { row, whose } = classify(trouble.code, trouble.action)
  const sentences: Record<string, { says: string; next: string }> = words.errors
  const { says, next } = retired(trouble, words) ?? sentences[row] ?? words.errors.fallback
  return [words.trouble.said(says, trouble.code), turn(whose, next, words, requester)]
}

function retired(
  { retired: version, action }: Extract<Trouble, { kind: 'error' }>,
  words: Wording,
) {
  const others = API_VERSIONS.filter((one) => one !== version)
  return version && words.trouble.retired(version, action, others)
}

function turn(
  whose: 'requester' | 'operator' | 'tencent',
  next: string,
  words: Wording,
  requester: string | undefined,
): Line {
  switch (whose) {
    case 'requester':
      return words.trouble.requesterTurn(next, requester)
    case 'operator':
      return words.trouble.operatorTurn(next)
    case 'tencent':
      return words.trouble.tencentTurn(next)
  }
}

/** Since when the bot cannot tell how the job is, and what it sees instead. `look`: the newest. */
export function blindLines(blind: Blind, look: Look | undefined, words: Wording): Line[] {
  if ('until' in blind) return [words.trouble.waitsUntil(blind.until)]
  if ('unclear' in blind) return [words.trouble.checkUnclear(blind.since)]
  if ('trouble' in blind) {
    return [words.trouble.unseenSince(blind.since), ...troubleLines(blind.trouble, words)]
  }
  return look && look.status !== 'unknown'
    ? [words.trouble.doesNotTell(look, blind.since)]
    : [words.trouble.unrecognisedSince(blind.statusCode, blind.since)]
}

/** What support asks for: the RequestId, or where none arrived the id that we sent along. */
export function references(trouble: Trouble, words: Wording): Line[] {
  if (trouble.kind === 'interrupted') return []
  if (trouble.kind === 'error' && trouble.requestId) {
    return [words.trouble.requestId(trouble.requestId)]
  }
  return [words.trouble.traceId(trouble.traceId)]
}
