import type { webApi } from '@slack/bolt'
import type { Logger } from 'pino'
import { RefusedError } from '../migration/refusal.ts'
import { answerOf, isTransient, missingScope } from '../slack/errors.ts'

/** Whom Slack is asked, and for which workspace. */
export type Directory = { client: webApi.WebClient; teamId: string; log: Logger }

/**
 * Asks Slack, now, whether this person is an approver: a member of our workspace, and named by
 * `approvers` or a member of a user group named there. Throws RefusedError if not, and also when Slack
 * does not say.
 */
export async function requireApprover(
  directory: Directory,
  approvers: string[],
  userId: string,
): Promise<void> {
  const [, naming] = await Promise.all([
    requireMember(directory, userId, approvers),
    lookForName(directory, approvers, userId),
  ])
  if (naming.is === 'unknown') throw unreadable(naming, approvers)
  if (naming.is !== 'named') throw new RefusedError({ no: 'notApprover', approvers })
}

/**
 * Asks Slack, now, whether this person is a full member of our workspace: no guest, no bot, nobody who
 * was deactivated, nobody of another workspace. `approvers` are named to a guest who wanted to decide.
 * Throws RefusedError if not, and also when Slack does not say.
 */
export async function requireMember(
  directory: Directory,
  userId: string,
  approvers?: string[],
): Promise<void> {
  const user = await lookUp(directory, userId)
  if (!isOurs(user, directory.teamId)) throw new RefusedError({ no: 'foreignWorkspace' })
  if (user.is_bot || user.deleted || user.is_workflow_bot) throw new RefusedError({ no: 'bot' })
  if (user.is_restricted || user.is_ultra_restricted) {
    throw new RefusedError({ no: 'guest', ...(approvers ? { approvers } : {}) })
  }
}

async function lookUp({ client, log }: Directory, userId: string): Promise<User> {
  try {
    const { user } = await client.users.info({ user: userId })
    return user ?? {}
  } catch (error) {
    log.warn({ err: error, user: userId }, 'users.info failed')
    throw refusedFor(error) ?? new RefusedError({ no: 'cannotTell', error: answerOf(error) })
  }
}

type User = NonNullable<webApi.UsersInfoResponse['user']>

/**
 * In Enterprise Grid the person's `team_id` may be absent, or name another workspace of the
 * organization, while one of the lists has ours. A partner in a shared channel is in none of them.
 */
function isOurs({ team_id, teams, enterprise_user }: User, teamId: string): boolean {
  return [team_id, ...(teams ?? []), ...(enterprise_user?.teams ?? [])].includes(teamId)
}

type Unknown = { is: 'unknown'; groups: string[]; error: unknown }
/** `unknown`: in no group that Slack lists, and it does not list these. */
type Naming = { is: 'named' | 'notNamed' } | Unknown

async function lookForName(
  { client, log }: Directory,
  approvers: string[],
  userId: string,
): Promise<Naming> {
  if (approvers.includes(userId)) return { is: 'named' }
  const failed: { usergroup: string; error: unknown }[] = []
  const members = await Promise.all(
    approvers
      .filter((id) => id.startsWith('S'))
      .map(async (usergroup) => {
        try {
          return (await client.usergroups.users.list({ usergroup })).users ?? []
        } catch (error) {
          log.warn({ err: error, usergroup }, 'usergroups.users.list failed')
          failed.push({ usergroup, error })
          return []
        }
      }),
  )
  if (members.flat().includes(userId)) return { is: 'named' }
  const [first] = failed
  if (!first) return { is: 'notNamed' }
  return { is: 'unknown', groups: failed.map(({ usergroup }) => usergroup), error: first.error }
}

function unreadable({ groups, error }: Unknown, approvers: string[]): RefusedError {
  const passing = isTransient(error)
  return (
    refusedFor(error) ??
    new RefusedError({
      no: 'groupsUnreadable',
      groups,
      approvers,
      error: answerOf(error),
      passing,
    })
  )
}

function refusedFor(error: unknown): RefusedError | undefined {
  const scope = missingScope(error)
  return scope ? new RefusedError({ no: 'missingScope', scope }) : undefined
}
