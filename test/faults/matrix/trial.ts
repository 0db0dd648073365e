import type { JobSpec } from '../../../playground/dts/job.ts'
import { text } from '../../../playground/workspace/read.ts'
import type { Message } from '../../../playground/workspace/workspace.ts'
import { createUpdateBudget } from '../../../src/slack/update-budget.ts'
import { acknowledged } from '../../support/acknowledged.ts'
import { personIn } from '../../support/person.ts'
import { BO, type Channel, type World, channelOf, startWorld } from '../../support/world.ts'

/** A world for many migrations at once: no rate limits, and time runs fast. */
export async function startCrowdedWorld(how: Parameters<typeof startWorld>[1]): Promise<World> {
  const here = { mode: 'socket', engine: 'sqlite' } as const
  const patience = { patienceMs: 60_000, waitMs: 60_000 }
  // One version of the API: with two, the second answers where the first fails.
  const env = { DTS_API_VERSION: '2018-03-30', ...how?.env }
  const tuned = { updates: createUpdateBudget(10_000), patience, ...how, env }
  const world = await startWorld(here, tuned)
  world.dts.setSpeed(100)
  world.dts.unlimited()
  return world
}

/** What one fault has to itself: a job, a person who asks for it, and a channel for its card. */
export type Trial = Channel & {
  world: World
  job: string
  person: string
  channel: string
  /** Bo clicks Approve. */
  boApproves: (card: Message) => Promise<void>
  /** Bo presses a button of the card, once it is there. */
  boPresses: (button: string) => Promise<void>
  /** What only Bo sees in this channel. */
  boReads: (words: RegExp) => Promise<string>
  /** The form that Bo has open, once it says this. */
  boForm: (words: RegExp) => Promise<string>
  /** The direct message that the person gets. */
  directMessage: (words: RegExp) => Promise<Message>
  /** How often DTS received this action for this job, and how often it took effect. */
  calls: (action: string) => { received: number; effective: number }
}

/** Trials do not affect each other. */
export function addTrial(world: World, name: string, spec: JobSpec = {}): Trial {
  const { slack } = world
  const { ws, people } = slack
  const job = `dts-${name}`
  const person = `U1${name.toUpperCase()}`
  const channel = `C1${name.toUpperCase()}`
  ws.users.set(person, { id: person, name, team: 'T0PLAY' })
  const members = new Set(['U0BOT', BO, person])
  ws.channels.set(channel, { id: channel, name, private: false, archived: false, members })
  const { region } = world.dts.addJob({ id: job, name, ...LASTING, ...spec })
  const seen = channelOf(slack, { person, channel, where: region })
  return {
    ...seen,
    world,
    job,
    person,
    channel,
    async boApproves(card) {
      await acknowledged(people.click(BO, card, 'dts_approve'))
    },
    async boPresses(button) {
      const card = await seen.cardSays(new RegExp(RegExp.escape(`[${button}]`)))
      await personIn(slack, channel, BO).presses(button, card)
    },
    boReads: (words) => {
      const read = () => ws.ephemerals.filter((m) => m.user === BO && m.channel === channel)
      const found = () => read().map((m) => text(m))
      return slack.waitFor(() => found().find((said) => words.test(said)), `Bo to see ${words}`)
    },
    boForm: channelOf(slack, { person: BO, channel }).form,
    directMessage: (words) => {
      const place = ws.dm(person).id
      const found = () => ws.messages.find((m) => m.channel === place && words.test(text(m)))
      return slack.waitFor(found, `a direct message to ${person} that says ${words}`)
    },
    calls(action) {
      const all = world.dts.requests.filter((one) => one.jobId === job && one.action === action)
      return { received: all.length, effective: all.filter((one) => one.effective).length }
    },
  }
}

/** A job that runs longer than any test. */
const LASTING: JobSpec = { migrateType: 2, durationMs: 1e9 }

/** The title of a card, without its mark and its percentage. */
export function headline(card: Message): string {
  const [first = ''] = text(card).split('\n')
  return first.replace(/^\S+ /, '').replace(/ \d+ %$/, '')
}

/** Begins with one after the other, and finishes all of them at the same time. */
export async function each<T, R>(
  list: readonly T[],
  begin: (one: T, index: number) => Promise<() => Promise<R>>,
): Promise<R[]> {
  const unfinished: Promise<PromiseSettledResult<R>>[] = []
  for (const [index, one] of list.entries()) {
    const finish = await begin(one, index)
    unfinished.push(Promise.allSettled([finish()]).then(([settled]) => settled))
  }
  const settled = await Promise.all(unfinished)
  const failed = settled.flatMap((one) =>
    one.status === 'rejected' ? [one.reason as unknown] : [],
  )
  if (failed.length > 0) throw new AggregateError(failed, failed.map(String).join('\n'))
  return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
}
