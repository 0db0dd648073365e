import type { webApi } from '@slack/bolt'
import type { Logger } from 'pino'
import { RefusedError } from '../migration/refusal.ts'
import { answerOf, isTransient, missingScope } from '../slack/errors.ts'

/** Whom Slack is asked, and for which workspace. */
export type Directory = { client: webApi.WebClient; teamId: string; log: Logger }

/**
 * Asks Slack, now, whether this person is an approver: named by `approvers` or a member of a user
 * group named there; no guest, no bot, nobody of another workspace. Throws RefusedError if not, and
 * also when Slack does not say.
 */
export async function requireApprover(
  directory: Directory,
  approvers: string[],
  userId: string,
): Promise<void> {
  const [user, naming] = await Promise.all([
    lookUp(directory, userId),
    lookForName(directory, approvers, userId),
  ])
  if (user.foreign) throw new RefusedError({ no: 'foreignWorkspace' })
  if (user.bot) throw new RefusedError({ no: 'bot' })
  if (user.guest) throw new RefusedError({ no: 'guest', approvers })
  if (naming.is === 'unknown') throw unreadable(naming, approvers)
  if (naming.is !== 'named') throw new RefusedError({ no: 'notApprover', approvers })
}

async function lookUp({ client, teamId, log }: Directory, userId: string) {
  try {
    const { user } = await client.users.info({ user: userId })
    return {
      foreign: user?.team_id !== teamId || user.is_stranger === true,
      bot: user?.is_bot === true || user?.deleted === true || user?.is_workflow_bot === true,
      guest: user?.is_restricted === true || user?.is_ultra_restricted === true,
    }
  } catch (error) {
    log.warn({ err: error, user: userId }, 'users.info failed')
    throw refusedFor(error) ?? new RefusedError({ no: 'cannotTell', error: answerOf(error) })
  }
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
