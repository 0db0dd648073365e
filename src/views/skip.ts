import type { Migration, Skip } from '../migration/migration.ts'
import { LIMITS } from './limits.ts'
import type { Line } from './rich.ts'
import type { Wording } from './wording/wording.ts'

/** What people are asked to skip, what DTS says it risks, who answers for it. `most`: items and risks. */
export function skipLines(
  { items, owner, foreignKeys }: Skip,
  most: number,
  words: Wording,
): Line[] {
  const shown = items.slice(0, most)
  const risks = new Set(items.flatMap(({ risk }) => risk ?? []))
  return [
    words.skip.items(shown, items.length - shown.length),
    ...[...risks].slice(0, most).map(words.skip.risk),
    words.skip.answers(owner, foreignKeys),
  ]
}

/** What stays on a card once people have decided: who asked to skip what, who answers, who approved. */
export function skipRecord({ request, order }: Migration, words: Wording): Line[] {
  if (!request?.skip) return []
  const { items, owner, foreignKeys } = request.skip
  const shown = items.slice(0, LIMITS.checkItems)
  const people = request.votes.map(({ by }) => by)
  // On its way to DTS the card says so above.
  const approved = people.length > 0 && !order ? [' ', ...words.card.approvedBy(people)] : []
  return [
    [
      ...words.skip.record(request.requester, shown, items.length - shown.length),
      ...words.skip.answers(owner, foreignKeys),
      ...approved,
    ],
  ]
}
