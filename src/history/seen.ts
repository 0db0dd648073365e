import type { Event } from '../migration/event.ts'
import type { Migration, Skip } from '../migration/migration.ts'
import { OPERATIONS } from '../migration/operations.ts'
import { differences } from '../migration/snapshot.ts'
import type { Line } from '../views/rich.ts'
import { en } from '../views/wording/en.ts'
import { plainText } from './plain-text.ts'

/**
 * What the card or the form showed of the job, in the same words. `digest`: of everything that decides what
 * the operation does, shown or not; an order is sent only if it is still the same. `changed`: what differs
 * from what was shown before.
 */
export type Seen = {
  digest: string
  name: string
  from: string
  to: string
  facts: string[]
  warnings: string[]
  changed?: string[] | undefined
}

/** The words are those of this release, also for what an earlier one showed. */
export function seenIn({ snapshot, job, request }: Migration, event: Event): Seen {
  const [from = [], to = []] = en.job.route(snapshot, job.region)
  const operation = OPERATIONS[request?.operation ?? 'start']
  const skip = request?.skip
  const was = event.type === 'watched' ? undefined : request?.changedFrom
  return {
    digest: snapshot.digest,
    name: snapshot.name,
    from: unlabelled(from),
    to: unlabelled(to),
    facts: [
      plainText(en.job.objects(snapshot)),
      ...(operation.begins ? [plainText(en.job.plan(snapshot))] : []),
      ...(skip ? skipped(skip) : []),
    ],
    warnings: operation.hurts(snapshot, request?.mode).map(en.job.hurt),
    ...(was && {
      changed: differences(was, snapshot).map((one) =>
        plainText(en.job.changed(one, was, snapshot)),
      ),
    }),
  }
}

function skipped({ items, owner, foreignKeys }: Skip): string[] {
  const risks = new Set(items.flatMap(({ risk }) => risk ?? []))
  const answers = en.skip.answers(owner, foreignKeys)
  return [en.skip.items(items, 0), ...[...risks].map(en.skip.risk), answers].map(plainText)
}

/** The line without the word that it begins with. */
function unlabelled([, ...rest]: Line): string {
  return plainText(rest)
}
