import { isSkippable } from './check-items.ts'
import { canCompare } from './compare.ts'
import type { Ended, Migration } from './migration.ts'
import { openRequest, stageOf } from './migration.ts'
import { type Offered, offersOf } from './offers.ts'
import { isOfNoUse } from './settle.ts'

/**
 * Something that people can do to a migration now, and who. `request`: the question that it belongs
 * to, or the last one there was.
 */
export type Action = Decision | Offer

/**
 * Open to everybody whom `approvers` names (user ids and user groups) and the person `also`, but never
 * to the person `except`. `typed`: no button, only a command.
 */
export type Decision = {
  do: DecisionName
  request: number
  approvers: string[]
  also?: string | undefined
  except?: string | undefined
  typed?: true | undefined
}

/** To ask for an operation, or to have both ends compared: open to every member. */
export type Offer = { do: Offered | 'compare' | 'skip'; request: number }

export type DecisionName = 'approve' | 'reject' | 'tookEffect' | 'noEffect' | 'stopWatching'
export type ActionName = Action['do']

/** Which buttons are open, and to whom. The card draws them, the commands obey them. */
export function actionsOf(m: Migration): Action[] {
  if (m.ended) return afterTheEnd(m, m.ended)
  const asked = openRequest(m)
  if (asked) {
    const { number: request, requester } = asked
    const { approvers } = asked.rule
    return [
      { do: 'approve', request, approvers, except: requester },
      { do: 'reject', request, approvers, also: requester },
      ...comparing(m, request),
    ]
  }
  const request = m.request?.number ?? 0
  const approvers = m.request?.rule.approvers ?? []
  if (m.order?.state.at === 'unknown' && m.watch?.blind) {
    return [
      { do: 'tookEffect', request, approvers },
      { do: 'noEffect', request, approvers },
    ]
  }
  if (stageOf(m) !== 'watching') return []
  const offers = offersOf(m).map((name) => ({ do: name, request }))
  // Nobody approved what is only watched: it is the business of who asked for it.
  const theirs = { request, approvers, ...(m.request ? {} : { also: m.owner }) }
  const typed = isOfNoUse(m) ? {} : ({ typed: true } as const)
  return [...offers, ...comparing(m, request), { do: 'stopWatching', ...theirs, ...typed }]
}

function comparing(m: Migration, request: number): Offer[] {
  return canCompare(m) ? [{ do: 'compare', request }] : []
}

/** A check that did not pass ends its migration. What DTS lets people skip begins another one. */
function afterTheEnd({ request }: Migration, { ending }: Ended): Action[] {
  const isOpen = ending.how === 'checked' && ending.items.some(isSkippable)
  return isOpen && ending.result === 'notPassed'
    ? [{ do: 'skip', request: request?.number ?? 0 }]
    : []
}
