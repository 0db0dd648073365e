import type { ResponseUrls } from './response-url.ts'
import type { Triggers } from './triggers.ts'
import type { Workspace } from './workspace.ts'

/** What people act upon. */
export type World = {
  ws: Workspace
  triggers: Triggers
  responseUrls: ResponseUrls
}
