import type { Dts } from '../dts/client.ts'
import { DtsError } from '../dts/errors.ts'
import type { ListedJob, Place } from '../dts/job.ts'
import { OPERATIONS } from '../migration/operations.ts'
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
    const jobs = await newest(dts, memory)
    const options = jobs
      .filter(({ ref, snapshot }) => `${snapshot.name} ${ref.id}`.toLowerCase().includes(typed))
      .sort((a, b) => Number(isStartable(b)) - Number(isStartable(a)))
      .slice(0, LIMITS.options)
      .map((job) => jobOption(job, words))
    await ack({ options })
  } catch (error) {
    await ack({ options: [] })
    const look = troubled(memory, error)
    const view = { id: body.view?.id ?? '', hash: body.view?.hash ?? '' }
    await drawForm(slack.client, view, startForm(look.memory, look.body, REGIONS, words))
  }
}

/**
 * The newest jobs of each version, in turn, each job once. A version that gives no list does not hide
 * the jobs of another; without any job, why there is no list is thrown.
 */
async function newest(dts: Dts, { account, region }: Place): Promise<ListedJob[]> {
  const page = { offset: 0, limit: LIMITS.options, order: 'newestFirst' } as const
  const call = { priority: 'person', signal: AbortSignal.timeout(LIST_TIMEOUT) } as const
  const results = await Promise.allSettled(
    dts.versions.map((version) => dts.describeJobs({ account, region }, version, page, call)),
  )
  const lists = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value.jobs] : []))
  const inTurn = Array.from({ length: LIMITS.options }, (_, rank) =>
    lists.flatMap((jobs) => jobs[rank] ?? []),
  ).flat()
  const failures: unknown[] = results.flatMap((one) =>
    one.status === 'rejected' ? [one.reason] : [],
  )
  const why = failures.find((one) => !isRetired(one)) ?? (lists.length === 0 && failures[0])
  if (inTurn.length === 0 && why) throw why
  return [...Map.groupBy(inTurn, ({ ref }) => ref.id).values()].flatMap(([first]) => first ?? [])
}

function isRetired(error: unknown): boolean {
  return error instanceof DtsError && error.retired !== undefined
}

function isStartable({ look }: ListedJob): boolean {
  return OPERATIONS.start.from.includes(look.status)
}
