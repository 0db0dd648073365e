import type { Workflow } from '../workflow/workflow.ts'
import type { World } from '../workflow/world.ts'

/** What a command works with. */
export type Here = World & {
  workflow: Workflow
  /** The one workspace that we serve. */
  teamId: string
  /** Where cards go when a command is typed where the bot is not. */
  defaultChannel: string | undefined
  defaultRegion: string
}
