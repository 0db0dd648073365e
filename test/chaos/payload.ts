import type { Evidence } from './evidence.ts'
import { type Operation, operationBy } from './operations.ts'

/** The part of a payload sent to the bot, and of its answer, that the judge reads. */
export type Payload = {
  type?: string
  user?: { id: string }
  view?: { callback_id: string; private_metadata: string }
  actions?: { action_id: string; action_ts: string; value?: string }[]
  message?: { ts: string }
  /** Of a command. */
  user_id?: string
  text?: string
  answer?: Answer | undefined
}

type Answer = { response_action?: string; view?: { blocks: Record<string, unknown>[] } }

type Delivery = Evidence['deliveries'][number]

export function payloadOf({ payload, response }: Delivery): Payload {
  return { ...(payload as Payload), answer: response as Answer | undefined }
}

/**
 * A form in which somebody asked for an operation. `about`: a job for a start, else a migration and its
 * last request. `taken`: Slack was told so, and nothing of it stays on the screen.
 */
export type Asked = {
  operation: Operation
  about: string
  by: string
  taken: boolean
  answer: Answer | undefined
}

export function askedIn(deliveries: Delivery[]): Asked[] {
  return deliveries.flatMap((one) => {
    const { type, view, user, answer } = payloadOf(one)
    const operation = operationBy('form', view?.callback_id)
    if (type !== 'view_submission' || !view || !operation) return []
    const { private_metadata: metadata } = view
    const about = operation === 'start' ? /dts-[a-z0-9]+/.exec(metadata)?.[0] : metadata
    const taken = one.ok && !answer?.response_action
    return [{ operation, about: about ?? '', by: user?.id ?? '', taken, answer }]
  })
}
