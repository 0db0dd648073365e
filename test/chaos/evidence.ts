import type { Delivery } from '../../playground/workspace/records.ts'
import type { Ephemeral, Message, Version } from '../../playground/workspace/workspace.ts'
import { type Operation, operationBy } from './operations.ts'
import type { ChaosWorld } from './world.ts'

/** What the pretend Slack showed and sent, and what the pretend DTS received. Plain JSON. */
export type Evidence = {
  messages: Message[]
  /** Every version of every message, the oldest first. */
  versions: Version[]
  ephemerals: Ephemeral[]
  deliveries: Delivery[]
  /** `state` in the words of 2021-12-06. */
  jobs: { id: string; state: string }[]
  calls: Call[]
}

/**
 * An operation that DTS received. `at`: real milliseconds since 1970, as in `versions`. `effective`:
 * whether it changed the job.
 */
export type Call = {
  jobId: string | null
  operation: Operation
  outcome: string
  effective: boolean
  at: number
}

export function evidenceOf({ slack: { ws }, dts }: ChaosWorld): Evidence {
  return {
    messages: ws.messages,
    versions: ws.versions,
    ephemerals: ws.ephemerals,
    deliveries: ws.deliveries,
    jobs: dts.jobs.map(({ id, state }) => ({ id, state })),
    calls: dts.requests.flatMap(({ action, jobId, outcome, effective, receivedAt }): Call[] => {
      const operation = operationBy('action', action)
      return operation ? [{ jobId, operation, outcome, effective, at: receivedAt }] : []
    }),
  }
}
