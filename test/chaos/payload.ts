import type { Evidence } from './evidence.ts'

/** The part of a payload sent to the bot, and of its answer, that the judge reads. */
export type Payload = {
  type?: string
  user?: { id: string }
  view?: { callback_id: string; private_metadata: string }
  actions?: { action_id: string; action_ts: string; value?: string }[]
  message?: { ts: string }
  /** Of the answer. */
  response_action?: string | undefined
}

export function payloadOf({ payload, response }: Evidence['deliveries'][number]): Payload {
  const answer = response as { response_action?: string } | undefined
  return { ...(payload as Payload), response_action: answer?.response_action }
}

/** The job that a start form is about; undefined for another form. */
export function requestedJob(view: NonNullable<Payload['view']>): string | undefined {
  if (view.callback_id !== 'dts_start_form') return undefined
  return /dts-[a-z0-9]+/.exec(view.private_metadata)?.[0]
}
