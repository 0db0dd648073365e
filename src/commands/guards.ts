import { type ActionName, actionsOf } from '../migration/actions.ts'
import { type Migration, stageOf } from '../migration/migration.ts'
import { RefusedError } from '../migration/refusal.ts'
import { requirePermission } from '../policy/permission.ts'
import { parseRequestRef } from '../views/ids.ts'
import type { CommandContext } from './context.ts'

/** Who said something, and what it is about: a button's value or a form's metadata. */
export type Spoken = { userId: string; teamId: string | undefined; reference: string }

/** Throws RefusedError for who may not. What it finds out on the way goes to the handler. */
export type Guard<Found> = (context: CommandContext, spoken: Spoken) => Promise<Found>

/** Anybody of our workspace. */
export const member: Guard<void> = async ({ teamId }, spoken) => {
  if (spoken.teamId && spoken.teamId !== teamId) throw new RefusedError({ no: 'foreignWorkspace' })
}

/** A request of a migration, as a person saw it. */
export type Decided = { migration: Migration; request: number }

/** Whom `actionsOf` lets do that to the migration now. */
export function may(name: ActionName): Guard<Decided> {
  return async (context, spoken) => {
    await member(context, spoken)
    const reference = parseRequestRef(spoken.reference)
    if (!reference) throw new RefusedError({ no: 'deadControl' })
    const migration = (await context.store.row(reference.id))?.migration
    if (!migration) throw new RefusedError({ no: 'unknownMigration' })
    const action = actionsOf(migration).find((one) => one.do === name)
    if (!action) throw new RefusedError({ no: 'tooLate', stage: stageOf(migration) })
    const directory = { ...context, client: context.slack.client }
    await requirePermission(directory, action, spoken.userId)
    return { migration, request: reference.request }
  }
}
