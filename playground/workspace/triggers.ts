import { randomUUID } from 'node:crypto'
import { refuse } from './refuse.ts'

/** A trigger lets the bot open one window for the person who acted, for three seconds. */
export type Triggers = {
  issue(user: string): string
  /** The person; refuses what is old, used or unknown, as `views.open` does. */
  exchange(id: string): string
}

/** `lifeMs`: Slack gives three seconds. */
export function createTriggers(lifeMs = 3_000): Triggers {
  const issued = new Map<string, { user: string; at: number; used: boolean }>()
  return {
    issue(user) {
      const id = `${Date.now()}.${randomUUID()}`
      issued.set(id, { user, at: Date.now(), used: false })
      return id
    },
    exchange(id) {
      const trigger = issued.get(id) ?? refuse('invalid_trigger_id')
      if (trigger.used) refuse('exchanged_trigger_id')
      if (Date.now() - trigger.at > lifeMs) refuse('expired_trigger_id')
      trigger.used = true
      return trigger.user
    },
  }
}
