import { Refused } from '../refusal.ts'
import { errorName } from '../workflow/slack.ts'
import type { Here } from './here.ts'

/**
 * Asks Slack, now, whether this person may decide: named in `DTS_APPROVERS` or a member of a user
 * group named there; no guest, no bot, nobody of another workspace. Throws `Refused` if not, and
 * also when Slack does not tell.
 */
export async function mustBeApprover(here: Here, userId: string): Promise<void> {
  try {
    const [user, named] = await Promise.all([lookUp(here, userId), isNamed(here, userId)])
    if (user.foreign) throw new Refused({ no: 'foreignWorkspace' })
    if (user.bot) throw new Refused({ no: 'bot' })
    if (user.guest) throw new Refused({ no: 'guest' })
    if (!named) throw new Refused({ no: 'notApprover' })
  } catch (error) {
    if (error instanceof Refused) throw error
    const name = errorName(error) ?? (error instanceof Error ? error.name : 'nothing')
    here.log.warn({ err: error, user: userId }, 'could not find out whether somebody may decide')
    throw new Refused({ no: 'cannotTell', error: name })
  }
}

async function lookUp({ slack: { client }, teamId }: Here, userId: string) {
  const { user } = await client.users.info({ user: userId })
  return {
    foreign: user?.team_id !== teamId || user.is_stranger === true,
    bot: user?.is_bot === true || user?.deleted === true || user?.is_workflow_bot === true,
    guest: user?.is_restricted === true || user?.is_ultra_restricted === true,
  }
}

async function isNamed({ approvers, slack: { client }, log }: Here, userId: string) {
  if (approvers.includes(userId)) return true
  const groups = approvers.filter((id) => id.startsWith('S'))
  const members = await Promise.all(
    groups.map(async (usergroup) => {
      try {
        return (await client.usergroups.users.list({ usergroup })).users ?? []
      } catch (error) {
        // A group that is gone, or a plan without user groups, leaves those named by user id.
        if (!GROUP_IS_NOT_THERE.includes(errorName(error) ?? '')) throw error
        log.warn({ err: error, usergroup }, 'a user group of DTS_APPROVERS cannot be used')
        return []
      }
    }),
  )
  return members.flat().includes(userId)
}

const GROUP_IS_NOT_THERE = ['no_such_subteam', 'subteam_disabled', 'plan_upgrade_required']
