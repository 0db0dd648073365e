import type { Workspace } from './workspace.ts'

/** At most `calls` calls within `within` milliseconds. */
type Limit = { calls: number; within: number }

const MINUTE = 60_000

/** Slack's rate limits for the methods that the bot calls, for the whole workspace. */
const TIERS: Record<string, Limit> = {
  'apps.connections.open': { calls: 50, within: MINUTE },
  'chat.postEphemeral': { calls: 100, within: MINUTE },
  'chat.update': { calls: 50, within: MINUTE },
  'conversations.history': { calls: 50, within: MINUTE },
  'conversations.info': { calls: 50, within: MINUTE },
  'conversations.replies': { calls: 50, within: MINUTE },
  'usergroups.list': { calls: 20, within: MINUTE },
  'usergroups.users.list': { calls: 20, within: MINUTE },
  'users.info': { calls: 100, within: MINUTE },
  'views.open': { calls: 100, within: MINUTE },
  'views.publish': { calls: 100, within: MINUTE },
  'views.push': { calls: 100, within: MINUTE },
  'views.update': { calls: 100, within: MINUTE },
  /** One message a second per channel, with short bursts. */
  'chat.postMessage': { calls: 5, within: 5_000 },
}

export type RateLimits = {
  /** Counts a call; seconds to wait if it is over the limit. `chat.postMessage` counts per channel. */
  check(method: string, channel: string): number | undefined
}

export function createRateLimits(ws: Workspace, enabled: boolean): RateLimits {
  const limits = new Map(enabled ? Object.entries(TIERS) : [])
  const calls = new Map<string, number[]>()
  return {
    check(method, channel) {
      const limit = limits.get(method)
      if (!limit) return undefined
      const key = method === 'chat.postMessage' ? `${method} ${channel}` : method
      const recent = (calls.get(key) ?? []).filter((at) => at > ws.now() - limit.within)
      calls.set(key, recent)
      if (recent.length >= limit.calls) {
        return Math.max(1, Math.ceil(((recent[0] ?? 0) + limit.within - ws.now()) / 1000))
      }
      recent.push(ws.now())
      return undefined
    },
  }
}
