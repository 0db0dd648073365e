import { randomUUID } from 'node:crypto'
import { refuse } from './refuse.ts'
import type { Workspace } from './workspace.ts'

/** A trigger lets the bot open one window for the person who acted, for three seconds. */
export type Triggers = {
  issue(user: string): string
  /**
   * Opens something for the person. Refuses what is old, used or unknown, as `views.open` does; the
   * trigger is used up only if `open` does not refuse either.
   */
  exchange<T>(id: string, open: (user: string) => T): T
}

/** `lifeMs`: Slack gives three seconds. */
export function createTriggers(ws: Workspace, lifeMs = 3_000): Triggers {
  const issued = new Map<string, { user: string; at: number; used: boolean }>()
  return {
    issue(user) {
      const id = `${ws.now()}.${randomUUID()}`
      issued.set(id, { user, at: ws.now(), used: false })
      return id
    },
    exchange(id, open) {
      const trigger = issued.get(id) ?? refuse('invalid_trigger_id')
      if (trigger.used) refuse('exchanged_trigger_id')
      if (ws.now() - trigger.at > lifeMs) refuse('expired_trigger_id')
      const opened = open(trigger.user)
      trigger.used = true
      return opened
    },
  }
}
