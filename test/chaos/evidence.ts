import type { Delivery } from '../../playground/workspace/records.ts'
import type { Ephemeral, Message, Version } from '../../playground/workspace/workspace.ts'
import type { ChaosWorld } from './world.ts'

/** What the pretend Slack showed and sent, and what the pretend DTS received. Plain JSON. */
export type Evidence = {
  messages: Message[]
  /** Every version of every message, the oldest first. */
  versions: Version[]
  ephemerals: Ephemeral[]
  deliveries: Delivery[]
  jobs: { id: string; status: number; starts: number }[]
  /** Of StartMigrateJob. `at`: real milliseconds since 1970, as in `versions`. */
  calls: { jobId: string | null; outcome: string; at: number }[]
}

export function evidenceOf({ slack: { ws }, dts }: ChaosWorld): Evidence {
  return {
    messages: ws.messages,
    versions: ws.versions,
    ephemerals: ws.ephemerals,
    deliveries: ws.deliveries,
    jobs: dts.jobs.map(({ id, status }) => ({ id, status, starts: dts.starts(id) })),
    calls: dts.requests
      .filter(({ action }) => action === 'StartMigrateJob')
      .map(({ jobId, outcome, receivedAt }) => ({ jobId, outcome, at: receivedAt })),
  }
}
