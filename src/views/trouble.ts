import { explain } from '../dts/errors.ts'
import type { Blind, Trouble } from '../migration.ts'
import { type Line, code, moment, outside, user } from './rich.ts'
import { jobIs } from './wording.en.ts'

/**
 * What DTS said, in our words: sentence, what to do next and whose turn it is, what to quote.
 * The requester is mentioned when it is their turn; undefined where they read it themselves.
 */
export function troubleLines(trouble: Trouble, requester: string | undefined): Line[] {
  return [...troubleSaid(trouble, requester), ...references(trouble)]
}

function troubleSaid(
  { action, code: errorCode, reason }: Trouble,
  requester: string | undefined,
): Line[] {
  if (!errorCode) return [[outside(reason)]]
  const { en, whose } = explain(errorCode, action)
  return [
    [en.says, ' ', code(errorCode)],
    [...turn(whose, requester), en.next],
  ]
}

/** Since when the bot cannot tell how the job is, and what it sees instead. */
export function blindLines(blind: Blind): Line[] {
  const since = moment(blind.since)
  return 'trouble' in blind
    ? [
        ['I have not been able to look at the job since ', since, '.'],
        ...troubleLines(blind.trouble, undefined),
      ]
    : [[`The job ${jobIs('unknown', blind.statusCode)}, since `, since, ' at the latest.']]
}

function turn(whose: 'requester' | 'operator' | 'tencent', requester: string | undefined): Line {
  switch (whose) {
    case 'requester':
      return requester ? [user(requester), ', your turn: '] : ['Your turn: ']
    case 'operator':
      return ["An operator's turn: "]
    case 'tencent':
      return ["Tencent Cloud's turn: "]
  }
}

/** What support asks for: the RequestId, or where none arrived the id that we sent along. */
export function references({ requestId, traceId }: Trouble): Line[] {
  if (requestId) return [['RequestId ', code(requestId)]]
  return traceId ? [['No RequestId arrived. Our X-TC-TraceId ', code(traceId)]] : []
}
