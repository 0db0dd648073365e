import type { Decision } from '../migration/actions.ts'
import { RefusedError } from '../migration/refusal.ts'
import { type Directory, requireApprover } from './directory.ts'

/** Throws RefusedError unless this person may do that now. Asks Slack only where it has to. */
export async function requirePermission(
  directory: Directory,
  { approvers, also, except }: Decision,
  userId: string,
): Promise<void> {
  if (userId === except) throw new RefusedError({ no: 'selfApproval', approvers })
  if (userId !== also) await requireApprover(directory, approvers, userId)
}
