import type { JobSpec } from '../../../playground/dts/job.ts'
import { text } from '../../../playground/workspace/read.ts'
import type { Message } from '../../../playground/workspace/workspace.ts'
import { createBudget } from '../../../src/workflow/budget.ts'
import { acknowledged } from '../../support/acknowledged.ts'
import { BO, type Corner, type Town, cornerOf, startTown } from '../../support/town.ts'

/** A town for many migrations at once: nobody counts their calls, and time runs fast. */
export async function startCrowdedTown(how: Parameters<typeof startTown>[1]): Promise<Town> {
  const here = { mode: 'socket', engine: 'sqlite' } as const
  const patience = { patienceMs: 60_000, waitMs: 60_000 }
  const town = await startTown(here, { updates: createBudget(10_000), patience, ...how })
  town.dts.setSpeed(100)
  town.dts.unlimited()
  return town
}

/** One fault's own corner of a town: a job, somebody who asks for it, and a channel for its card. */
export type Cell = Corner & {
  town: Town
  job: string
  person: string
  channel: string
  /** Bo's click on the card. */
  decide: (card: Message) => Promise<void>
  /** What Bo alone is told here. */
  boReads: (words: RegExp) => Promise<string>
  /** The direct message that the person gets. */
  directly: (words: RegExp) => Promise<Message>
  /** How often DTS received this action for this job, and how often it took effect. */
  calls: (action: string) => { received: number; effective: number }
}

/** Each of them is of no concern to the others. */
export function addCell(town: Town, name: string, spec: JobSpec = {}): Cell {
  const { slack } = town
  const { ws, people } = slack
  const job = `dts-${name}`
  const person = `U1${name.toUpperCase()}`
  const channel = `C1${name.toUpperCase()}`
  ws.users.set(person, { id: person, name, team: 'T0PLAY' })
  const members = new Set(['U0BOT', BO, person])
  ws.channels.set(channel, { id: channel, name, private: false, archived: false, members })
  const { region } = town.dts.addJob({ id: job, name, ...LASTING, ...spec })
  return {
    ...cornerOf(town.slack, { person, channel, where: region }),
    town,
    job,
    person,
    channel,
    async decide(card) {
      await acknowledged(people.click(BO, card, 'dts_approve'))
    },
    boReads: (words) => {
      const read = () => ws.ephemerals.filter((m) => m.user === BO && m.channel === channel)
      const found = () => read().map((m) => text(m))
      return slack.waitFor(() => found().find((said) => words.test(said)), `Bo to be told ${words}`)
    },
    directly: (words) => {
      const place = ws.dm(person).id
      const found = () => ws.messages.find((m) => m.channel === place && words.test(text(m)))
      return slack.waitFor(found, `${person} to be told ${words}`)
    },
    calls(action) {
      const all = town.dts.requests.filter((one) => one.jobId === job && one.action === action)
      return { received: all.length, effective: all.filter((one) => one.effective).length }
    },
  }
}

/** A job that goes on for longer than any test. */
const LASTING: JobSpec = { migrateType: 2, durationMs: 1e9 }

/** What a card says first, without its mark and its numbers. */
export function headline(card: Message): string {
  const [first = ''] = text(card).split('\n')
  return first.replace(/^\S+ /, '').replace(/ \d+ %$/, '')
}

/** Runs what follows one after the other; resolves when the last of what each began is over. */
export async function each<T, R>(
  list: readonly T[],
  begin: (one: T, index: number) => Promise<() => Promise<R>>,
): Promise<R[]> {
  const under: Promise<PromiseSettledResult<R>>[] = []
  for (const [index, one] of list.entries()) {
    const rest = await begin(one, index)
    under.push(Promise.allSettled([rest()]).then(([settled]) => settled))
  }
  const settled = await Promise.all(under)
  const failed = settled.flatMap((one) =>
    one.status === 'rejected' ? [one.reason as unknown] : [],
  )
  if (failed.length > 0) throw new AggregateError(failed, failed.map(String).join('\n'))
  return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
}
