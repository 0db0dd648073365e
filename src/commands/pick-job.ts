import { type ListedJob, STATUSES } from '../dts/job.ts'
import { newestJobs } from '../dts/newest.ts'
import { REGIONS } from '../dts/regions.ts'
import { LIMITS } from '../views/limits.ts'
import { jobOption, startForm } from '../views/start-form.ts'
import type { CommandContext } from './context.ts'
import type { Option } from './listeners.ts'
import { troubled } from './look-for-form.ts'
import { drawForm } from './open-form.ts'
import { memoryOf } from './start-form.ts'

/** Milliseconds: Slack waits for options no longer than for an acknowledgement. */
const LIST_TIMEOUT = 2_000

/**
 * What the job picker offers: the newest jobs of the region whose name or id has the words. While
 * DTS does not list them, the form says why.
 */
export async function offerJobs(
  context: CommandContext,
  { ack, payload, body }: Option,
): Promise<void> {
  const { words, dts, slack } = context
  const memory = memoryOf(body.view)
  const typed = payload.value.toLowerCase()
  try {
    const call = { priority: 'person', signal: AbortSignal.timeout(LIST_TIMEOUT) } as const
    const jobs = await newestJobs(dts, memory, LIMITS.options, call)
    const options = jobs
      .filter(({ ref, snapshot }) => `${snapshot.name} ${ref.id}`.toLowerCase().includes(typed))
      .sort((a, b) => Number(isStartable(b)) - Number(isStartable(a)))
      .map((job) => jobOption(job, words))
    await ack({ options })
  } catch (error) {
    await ack({ options: [] })
    const look = troubled(memory, error)
    const view = { id: body.view?.id ?? '', hash: body.view?.hash ?? '' }
    await drawForm(slack.client, view, startForm(look.memory, look.body, REGIONS, words))
  }
}

function isStartable({ look }: ListedJob): boolean {
  return STATUSES[look.status].startable
}
