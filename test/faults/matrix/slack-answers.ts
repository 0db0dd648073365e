import { expect } from 'vitest'
import type { Message } from '../../../playground/workspace/workspace.ts'
import { acknowledged } from '../../support/acknowledged.ts'
import { personIn } from '../../support/person.ts'
import { BO } from '../../support/world.ts'
import type { Trial } from './trial.ts'

/** The person types `/dts start`, with no form open. */
export async function typeStart({ world, person, channel, job }: Trial): Promise<void> {
  const { people, ws } = world.slack
  if (ws.topView(person)) await people.closeView(person)
  await acknowledged(people.command(person, channel, `/dts start ${job}`))
}

/** Bo presses *Reject*, with no form open. */
export async function boPressesReject({ world }: Trial, card: Message): Promise<void> {
  const { people, ws } = world.slack
  if (ws.topView(BO)) await people.closeView(BO)
  await acknowledged(people.click(BO, card, 'dts_reject'))
}

/** The person presses a button of the card, with no form open. */
export async function pressOnCard(trial: Trial, button: string): Promise<void> {
  const { people, ws } = trial.world.slack
  const { person, channel } = trial
  if (ws.topView(person)) await people.closeView(person)
  await personIn(trial.world.slack, channel, person).presses(button, trial.card())
}

/** What the words amount to, in those of the table. */
export function summary(words: string): string {
  if (/incident id/.test(words)) return 'an apology with an incident id'
  if (/Slack is having trouble/.test(words)) return 'that Slack is having trouble, and to try again'
  if (/lacks the scope/.test(words)) return 'which scope is missing'
  if (/not in this channel/.test(words)) return 'how to invite the bot'
  expect(words).toMatch(/Slack said \S/)
  return /operator/.test(words)
    ? 'what Slack said, and that an operator has to look'
    : 'what Slack said, and to try again'
}
