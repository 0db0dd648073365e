import { expect } from 'vitest'
import { text } from '../../../playground/workspace/read.ts'
import { BO } from '../../support/town.ts'
import { type Cell, headline } from './cell.ts'
import { OFTEN } from './slack-errors.ts'
import { type Case, errors, inOneTown } from './slack-faults.ts'
import { begin, sees } from './slack-sees.ts'
import type { Row } from './table.ts'

const SCOPE = errors(['missing_scope'])
const GROUP_GONE = errors(
  ['plan_upgrade_required', 'no_such_subteam', 'subteam_disabled'],
  'the group cannot be listed (3 errors)',
)
const NOT_HERE = errors(['channel_not_found'])

/** Whether people of the channel would see the card. */
export async function whereACardGoes(): Promise<Row[]> {
  const cases = [...OFTEN, ...SCOPE, ...NOT_HERE]
  return inOneTown('conversations.info at `/dts start`', 'info', cases, async (cell, one, fail) => {
    fail('conversations.info', one)
    await begin(cell)
    const shown = await cell.form(wordsFor(one, /incident id|Slack has trouble/))
    await begin(cell)
    await cell.form(/Why\?/)
    return { sees: `${sees(shown)}, in the form`, ends: 'the form, at the next try' }
  })
}

/** Who pressed the button. */
export async function whoDecides(): Promise<Row[]> {
  const cases = [...OFTEN, ...SCOPE]
  return inOneTown(
    'users.info at *Approve*',
    'user',
    cases,
    async (cell, one, fail) => {
      fail('users.info', one, { about: BO })
      return decide(cell, one, /could not find out from Slack whether you may decide/)
    },
    1,
  )
}

/** Whether they may decide. */
export async function whoMayDecide(): Promise<Row[]> {
  const cases = [...OFTEN, ...SCOPE, ...GROUP_GONE]
  return inOneTown(
    'usergroups.users.list at *Approve*',
    'group',
    cases,
    async (cell, one, fail) => {
      fail('usergroups.users.list', one, { about: 'S0ONCALL' })
      return decide(cell, one, /does not tell me who is in @S0ONCALL/)
    },
    1,
  )
}

/** The link to a card in `/dts status`. */
export async function linking(): Promise<Row[]> {
  const cases = [...OFTEN, ...errors(['message_not_found', 'channel_not_found'])]
  return inOneTown(
    'chat.getPermalink for `/dts status`',
    'link',
    cases,
    async (cell, one, fail) => {
      await cell.ask(cell.job)
      fail('chat.getPermalink', one)
      await cell.town.slack.people.command(cell.person, cell.channel, `/dts status ${cell.job}`)
      const told = await cell.privately(cell.person, /Asked for by .*Waiting for approval/)
      expect(told).not.toContain('Open the card')
      return { sees: 'the status, without the link', ends: headline(cell.card()) }
    },
  )
}

async function decide(cell: Cell, one: Case, words: RegExp) {
  const { people } = cell.town.slack
  const card = await cell.ask(cell.job)
  const { ok } = await people.click(BO, card, 'dts_approve')
  expect(ok).toBe(true)
  const told = await cell.boReads(wordsFor(one, words))
  expect(text(cell.card())).toMatch(/Waiting for approval/)
  expect(cell.calls('StartMigrateJob')).toEqual({ received: 0, effective: 0 })
  await people.click(BO, card, 'dts_approve')
  await cell.threadSays(/DTS accepted the start/)
  return { sees: `${sees(told)}, in private`, ends: 'undecided; the next click counts' }
}

function wordsFor(one: Case, otherwise: RegExp): RegExp {
  if (SCOPE.includes(one)) return /lacks the scope[\s\S]*reinstall/
  return NOT_HERE.includes(one) ? /not in this channel[\s\S]*\/invite/ : otherwise
}
