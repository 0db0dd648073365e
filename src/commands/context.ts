import type { Members } from '../policy/members.ts'
import type { Context, Dispatch } from '../workflow/context.ts'

/** What a command works with. */
export type CommandContext = Context & {
  dispatch: Dispatch
  /** The one workspace that we serve. */
  teamId: string
  members: Members
  /** Slack user ids and user groups: who may approve what is asked now. */
  approvers: string[]
  /** Where cards go when a command is typed where the bot is not. */
  defaultChannel: string | undefined
  /** The Tencent Cloud account, and the region that a command means when it names none. */
  account: string
  defaultRegion: string
}
