import type { ResponseUrls } from './response-url.ts'
import type { Triggers } from './triggers.ts'
import type { Workspace } from './workspace.ts'

/** What the actions of people need. */
export type World = {
  ws: Workspace
  triggers: Triggers
  responseUrls: ResponseUrls
}
