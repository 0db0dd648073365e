import { Refused } from '../refusal.ts'
import { answerOf, isRefusal, missingScope } from '../workflow/slack.ts'
import type { Here } from './here.ts'

/**
 * Asks Slack, now, whether this person may decide: named in `DTS_APPROVERS` or a member of a user
 * group named there; no guest, no bot, nobody of another workspace. Throws `Refused` if not, and
 * also when Slack does not tell.
 */
export async function mustBeApprover(here: Here, userId: string): Promise<void> {
  const [user, naming] = await Promise.all([lookUp(here, userId), lookForName(here, userId)])
  if (user.foreign) throw new Refused({ no: 'foreignWorkspace' })
  if (user.bot) throw new Refused({ no: 'bot' })
  if (user.guest) throw new Refused({ no: 'guest' })
  if (naming.is === 'unknown') throw unreadable(naming.groups, naming.error)
  if (naming.is !== 'named') throw new Refused({ no: 'notApprover' })
}

async function lookUp({ slack: { client }, teamId, log }: Here, userId: string) {
  try {
    const { user } = await client.users.info({ user: userId })
    return {
      foreign: user?.team_id !== teamId || user.is_stranger === true,
      bot: user?.is_bot === true || user?.deleted === true || user?.is_workflow_bot === true,
      guest: user?.is_restricted === true || user?.is_ultra_restricted === true,
    }
  } catch (error) {
    log.warn({ err: error, user: userId }, 'could not find out whether somebody may decide')
    throw refusedFor(error) ?? new Refused({ no: 'cannotTell', error: answerOf(error) })
  }
}

type Naming =
  | { is: 'named' | 'notNamed' }
  /** In no group that Slack lists, and it does not list these. */
  | { is: 'unknown'; groups: string[]; error: unknown }

async function lookForName({ approvers, slack, log }: Here, userId: string): Promise<Naming> {
  if (approvers.includes(userId)) return { is: 'named' }
  const failed: { usergroup: string; error: unknown }[] = []
  const members = await Promise.all(
    approvers
      .filter((id) => id.startsWith('S'))
      .map(async (usergroup) => {
        try {
          return (await slack.client.usergroups.users.list({ usergroup })).users ?? []
        } catch (error) {
          log.warn({ err: error, usergroup }, 'Slack does not list a user group of DTS_APPROVERS')
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

function unreadable(groups: string[], error: unknown): Refused {
  const passing = !isRefusal(error)
  return (
    refusedFor(error) ??
    new Refused({ no: 'groupsUnreadable', groups, error: answerOf(error), passing })
  )
}

function refusedFor(error: unknown): Refused | undefined {
  const scope = missingScope(error)
  return scope ? new Refused({ no: 'missingScope', scope }) : undefined
}
