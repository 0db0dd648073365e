import type { Evidence } from './evidence.ts'

/** What the judge reads of something that was sent to the bot, and of its answer. */
export type Payload = {
  type?: string
  user?: { id: string }
  view?: { callback_id: string; private_metadata: string }
  actions?: { action_id: string; action_ts: string }[]
  message?: { ts: string }
  /** Of the answer. */
  response_action?: string | undefined
}

export function payloadOf({ payload, response }: Evidence['deliveries'][number]): Payload {
  const answer = response as { response_action?: string } | undefined
  return { ...(payload as Payload), response_action: answer?.response_action }
}
