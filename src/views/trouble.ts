import { explain } from '../dts/errors.ts'
import type { Trouble } from '../migration.ts'
import { type Line, code, outside, user } from './rich.ts'

/**
 * What DTS said, in our words: sentence, what to do next and whose turn it is, what to quote.
 * The requester is mentioned when it is their turn; undefined where they read it themselves.
 */
export function troubleLines(trouble: Trouble, requester: string | undefined): Line[] {
  return [...troubleSaid(trouble, requester), ...references(trouble)]
}

function troubleSaid({ code: errorCode, reason }: Trouble, requester: string | undefined): Line[] {
  if (!errorCode) return [[outside(reason)]]
  const { en, whose } = explain(errorCode, 'StartMigrateJob')
  return [
    [en.says, ' ', code(errorCode)],
    [...turn(whose, requester), en.next],
  ]
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
