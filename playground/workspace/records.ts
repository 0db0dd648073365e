export type ApiCall = {
  at: number
  method: string
  args: Record<string, unknown>
  ok: boolean
  error?: string
}

/** What was sent to the bot, and how it answered. */
export type Delivery = {
  /** The envelope_id; the same when it is sent again. */
  id: string
  kind: 'slash_commands' | 'interactive' | 'events_api'
  /** Milliseconds since 1970, by the workspace's clock. */
  at: number
  payload: Record<string, unknown>
  ok: boolean
  /** Milliseconds until the acknowledgement. */
  ms: number
  response: unknown
  error?: string
  /** Why it was not acknowledged, as Slack says it in a retry. */
  reason?: string
  retry?: { num: number; reason: string }
}

/** An answer of the app that Slack could not use. */
export type Refused = { what: string; why: string[] }
