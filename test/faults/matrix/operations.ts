import { expect } from 'vitest'
import type { JobSpec } from '../../../playground/dts/job.ts'
import { text } from '../../../playground/workspace/read.ts'
import type { Message } from '../../../playground/workspace/workspace.ts'
import { personIn } from '../../support/person.ts'
import type { World } from '../../support/world.ts'
import { type Trial, addTrial, headline } from './trial.ts'

/** What people ask for, with all in which operations differ for them. */
export type Operation = {
  action: string
  /** "before the …". */
  name: string
  /** Of the bot, where it needs another one. */
  env?: Record<string, string>
  /** The look before it; absent: DescribeMigrateJobs, of 2018-03-30. */
  look?: string
  spec: JobSpec
  /** Resolves with the card that waits for a decision. */
  ask: (trial: Trial) => Promise<Message>
  /** What people read when it came to nothing, in the words of this operation. */
  says: {
    notDone: RegExp
    notYet: RegExp
    willNotSend: RegExp
    accepted: RegExp
    tookEffect: RegExp
    noEffect: RegExp
    /** DTS accepted it and does not carry it out. */
    noSign: RegExp
  }
  /** The same for the table. */
  sees: { notYet: string; tookEffect: string; noEffect: string; noSign: string }
  /** The card once it is under way. */
  underWay: RegExp
  /** Where looks never tell that it had no effect: what people press who looked themselves. */
  asked?: { doubt: RegExp; press: string }
  /** Where the job is watched already: the card once it came to nothing. Else that ends the migration. */
  still?: RegExp
}

export const START: Operation = {
  action: 'StartMigrateJob',
  name: 'start',
  spec: {},
  ask: (trial) => trial.ask(trial.job),
  says: {
    notDone: /Not started\n[\s\S]*RequestId[\s\S]*Nothing was started/,
    notYet: /Not started yet/,
    willNotSend: /I sent the start and [\s\S]*I will not send the start again/,
    accepted: /DTS accepted the start/,
    tookEffect: /It did start/,
    noEffect: /Did not start[\s\S]*Ask again/,
    noSign: /Not running[\s\S]*isn't running: it has passed its check/,
  },
  sees: {
    notYet: "why it hasn't started yet",
    tookEffect: 'that it did start',
    noEffect: 'that it did not start',
    noSign: "that the job isn't running",
  },
  underWay: /^▶ Running/,
}

export const CUT_OVER: Operation = {
  action: 'CompleteMigrateJob',
  name: 'cutover',
  spec: { status: 8, migrateType: 3 },
  ask: async (trial) => {
    await asker(trial).asksToCutOver(await watched(trial))
    return trial.cardSays(/Waiting for approval to cut over/)
  },
  says: {
    notDone:
      /your request to cut over: Not cut over\n[\s\S]*RequestId[\s\S]*Nothing was cut over\.\nI keep watching/,
    notYet: /Not cut over yet/,
    willNotSend: /I sent the cutover and [\s\S]*I will not send the cutover again/,
    accepted: /DTS accepted the cutover/,
    tookEffect: /The cutover took effect/,
    noEffect: /your request to cut over: Did not cut over[\s\S]*ask again\.\nI keep watching/,
    noSign: /DTS accepted the cutover, but the job shows no sign of it[\s\S]*ask again to cut over/,
  },
  sees: {
    notYet: "why it hasn't cut over yet",
    tookEffect: 'that the cutover took effect',
    noEffect: 'that it did not cut over',
    noSign: 'after ten minutes that the job shows no sign of it',
  },
  underWay: /^▶ Cutting over/,
  still: /^⏸ Ready to cut over[\s\S]*\[Cut over…\] \[Stop…\]/,
}

export const STOP: Operation = {
  action: 'StopMigrateJob',
  name: 'stop',
  spec: { status: 7, migrateType: 3 },
  ask: async (trial) => {
    await asker(trial).asksToStop(await watched(trial))
    return trial.cardSays(/Waiting for approval to stop/)
  },
  says: {
    notDone:
      /your request to stop: Not stopped\n[\s\S]*RequestId[\s\S]*Nothing was stopped\.\nI keep watching/,
    notYet: /Not stopped yet/,
    willNotSend: /I sent the stop and [\s\S]*I will not send the stop again/,
    accepted: /DTS accepted the stop/,
    tookEffect: /The stop took effect/,
    noEffect: /your request to stop: Did not stop[\s\S]*ask again\.\nI keep watching/,
    noSign: /DTS accepted the stop, but the job shows no sign of it[\s\S]*ask again to stop/,
  },
  sees: {
    notYet: "why it hasn't stopped yet",
    tookEffect: 'that the stop took effect',
    noEffect: 'that it did not stop',
    noSign: 'after ten minutes that the job shows no sign of it',
  },
  underWay: /^▶ Stopping/,
  still: /^▶ Running[\s\S]*\[Stop…\]/,
}

/** What opens a form on the card of a job that is watched. */
export const OFFERED = [
  { by: '*Cut over*', button: 'Cut over…', spec: CUT_OVER.spec },
  { by: '*Stop*', button: 'Stop…', spec: STOP.spec },
]

/** Where the operation came to nothing: what was said, and the headline of the card by then. */
export async function comesToNothing(
  trial: Trial,
  { still }: Operation,
  words: RegExp,
): Promise<{ said: string; outcome: string }> {
  if (!still) {
    const card = await trial.cardSays(words)
    return { said: text(card), outcome: headline(card) }
  }
  const note = await trial.threadSays(words)
  expect(note.broadcast).toBe(true)
  return { said: text(note), outcome: headline(await trial.cardSays(still)) }
}

/**
 * What is under way stays so. And three jobs are watched by a list, so that a fault of a look at another
 * one does not hit the watcher instead.
 */
export async function standStill(world: World): Promise<void> {
  world.dts.setSpeed(0)
  for (const name of ['aside1', 'aside2', 'aside3']) await watched(addTrial(world, name, STOP.spec))
}

/** Who asks in this trial. */
export function asker({ world, channel, person }: Trial) {
  return personIn(world.slack, channel, person)
}

/** A job that somebody started elsewhere, on its card. */
export async function watched(trial: Trial, by = trial.person): Promise<Message> {
  await personIn(trial.world.slack, trial.channel, by).types(`/dts watch ${trial.job}`)
  return trial.cardSays(/\[Stop…\]/)
}
