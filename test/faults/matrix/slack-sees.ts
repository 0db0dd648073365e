import { expect } from 'vitest'
import { acknowledged } from '../../support/acknowledged.ts'
import type { Cell } from './cell.ts'

/** The command, typed with no form open. */
export async function begin({ town, person, channel, job }: Cell): Promise<void> {
  const { people, ws } = town.slack
  if (ws.topView(person)) await people.closeView(person)
  await acknowledged(people.command(person, channel, `/dts start ${job}`))
}

/** What the words come down to. */
export function sees(words: string): string {
  if (/incident id/.test(words)) return 'an apology with an incident id'
  if (/Slack has trouble/.test(words)) return 'that Slack has trouble, to try again'
  if (/lacks the scope/.test(words)) return 'which scope is missing'
  if (/not in this channel/.test(words)) return 'how to invite the bot'
  expect(words).toMatch(/Slack said \S/)
  return /operator/.test(words)
    ? 'what Slack said, that an operator has to look'
    : 'what Slack said, to press again'
}
