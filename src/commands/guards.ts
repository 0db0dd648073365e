import { type ActionName, actionsOf } from '../migration/actions.ts'
import { type Migration, stageOf } from '../migration/migration.ts'
import { RefusedError } from '../migration/refusal.ts'
import { alreadyVoted } from '../migration/request.ts'
import { requirePermission } from '../policy/permission.ts'
import { parseRequestRef } from '../views/ids.ts'
import type { CommandContext } from './context.ts'

/** Who said something, and what it is about: a button's value or a form's metadata. */
export type Spoken = { userId: string; reference: string }

/** Throws RefusedError for who may not. What it finds out on the way goes to the handler. */
export type Guard<Found> = (context: CommandContext, spoken: Spoken) => Promise<Found>

/** Whoever Slack lets speak to the bot. What they may do is for the handler. */
export const anyone: Guard<void> = async () => {}

/** Any full member of our workspace: no guest, no bot, no partner of a shared channel. */
export const member: Guard<void> = ({ members }, { userId }) => members.require(userId)

/** A request of a migration, as a person saw it. */
export type Decided = { migration: Migration; request: number }

/** Whom `actionsOf` lets do that to the migration now. */
export function may(name: ActionName): Guard<Decided> {
  return async (context, spoken) => {
    const { migration, request } = await about(context, spoken)
    const voted = name === 'approve' && alreadyVoted(migration, request, spoken.userId)
    if (voted) throw new RefusedError(voted)
    await requireAction(context, migration, name, spoken.userId)
    return { migration, request }
  }
}

/** Throws RefusedError unless `actionsOf` lets this person do that now. */
export async function requireAction(
  context: CommandContext,
  m: Migration,
  name: ActionName,
  userId: string,
): Promise<void> {
  const action = actionsOf(m).find((one) => one.do === name)
  if (!action) throw new RefusedError({ no: 'tooLate', stage: stageOf(m) })
  if (!('approvers' in action)) return context.members.require(userId)
  await requirePermission({ ...context, client: context.slack.client }, action, userId)
}

/** Whoever may ask, whatever is open: the request itself is refused where it comes too late. */
export const mayAsk: Guard<Decided> = async (context, spoken) => {
  await member(context, spoken)
  return about(context, spoken)
}

async function about({ store }: CommandContext, { reference }: Spoken): Promise<Decided> {
  const named = parseRequestRef(reference)
  if (!named) throw new RefusedError({ no: 'deadControl' })
  const migration = (await store.row(named.id))?.migration
  if (!migration) throw new RefusedError({ no: 'unknownMigration' })
  return { migration, request: named.request }
}
