/** Slack's tiers, as far as the bot meets them: calls a minute, for the workspace or the channel. */
const PER_MINUTE: Record<string, number> = {
  'chat.update': 50,
  'chat.postEphemeral': 100,
  'chat.postMessage': 60,
  'usergroups.users.list': 20,
  'usergroups.list': 20,
  'conversations.info': 50,
  'conversations.history': 50,
  'conversations.replies': 50,
  'users.info': 100,
  'views.open': 100,
  'views.update': 100,
}

export type RateLimits = {
  enabled: boolean
  set(method: string, perMinute: number): void
  /** Seconds to wait, when the caller has had its share. `chat.postMessage` counts by channel. */
  check(method: string, channel: string): number | undefined
}

export function createRateLimits(enabled: boolean): RateLimits {
  const limits = { ...PER_MINUTE }
  const calls = new Map<string, number[]>()
  return {
    enabled,
    set(method, perMinute) {
      limits[method] = perMinute
      this.enabled = true
    },
    check(method, channel) {
      const limit = limits[method]
      if (!this.enabled || limit === undefined) return undefined
      const key = method === 'chat.postMessage' ? `${method} ${channel}` : method
      const recent = (calls.get(key) ?? []).filter((at) => at > Date.now() - 60_000)
      calls.set(key, recent)
      if (recent.length >= limit) return Math.ceil(((recent[0] ?? 0) + 60_000 - Date.now()) / 1000)
      recent.push(Date.now())
      return undefined
    },
  }
}
