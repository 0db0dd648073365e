import { expect } from 'vitest'
import { text } from '../../../playground/workspace/read.ts'
import { BO } from '../../support/town.ts'
import { type Cell, headline } from './cell.ts'
import { type Case, PASSING, TOKEN, errors, inOneTown } from './slack-faults.ts'
import type { Row } from './table.ts'

const OFTEN = [...PASSING, ...TOKEN, ...errors(['internal_error'])]
const SCOPE = errors(['missing_scope'])
const GROUP_GONE = errors(
  ['plan_upgrade_required', 'no_such_subteam', 'subteam_disabled'],
  'the group cannot be listed (3 errors)',
)
const LATE = errors(
  ['expired_trigger_id', 'exchanged_trigger_id', 'invalid_trigger_id'],
  'the trigger is used up (3 errors)',
)
const CLOSED = errors(['not_found', 'hash_conflict'], 'the form was closed or changed (2 errors)')
const NOT_HERE = errors(['channel_not_found'])
/** Two of them take less time than anybody waits. */
const SOON = OFTEN.filter(({ input }) => !input.hang)
const INCIDENT = 'an apology with an incident id'

/** Whether people of the channel would see the card. */
export async function whereACardGoes(): Promise<Row[]> {
  const cases = [...OFTEN, ...SCOPE, ...NOT_HERE]
  return inOneTown('conversations.info at `/dts start`', 'info', cases, async (cell, one, fail) => {
    fail('conversations.info', one)
    await begin(cell)
    const shown = await cell.form(wordsFor(one, /incident id/))
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

/** The form behind the command. */
export async function openingTheForm(): Promise<Row[]> {
  const cases = [...OFTEN, ...LATE]
  return inOneTown(
    'views.open at `/dts start`',
    'open',
    cases,
    async (cell, one, fail) => {
      fail('views.open', one, { about: undefined })
      await begin(cell)
      const told = await cell.privately(cell.person, /incident id/)
      await begin(cell)
      await cell.form(/Why\?/)
      return { sees: `${sees(told)}, in private`, ends: 'the form, at the next try' }
    },
    1,
  )
}

/** The form that asks why something is rejected. */
export async function openingARejection(): Promise<Row[]> {
  const cases = [...OFTEN, ...LATE]
  return inOneTown(
    'views.open at *Reject*',
    'reject',
    cases,
    async (cell, one, fail) => {
      const { people, ws } = cell.town.slack
      const card = await cell.ask(cell.job)
      ws.views.delete(BO)
      fail('views.open', one, { about: undefined })
      await people.click(BO, card, 'dts_reject')
      const told = await cell.boReads(/incident id/)
      await people.click(BO, card, 'dts_reject')
      await cell.town.slack.waitFor(() => ws.topView(BO), 'the form that asks why')
      return { sees: `${sees(told)}, in private`, ends: headline(cell.card()) }
    },
    1,
  )
}

/** What is said about the job, drawn into the form. */
export async function fillingTheForm(): Promise<Row[]> {
  const where = 'views.update of a form'
  const failing = await inOneTown(
    where,
    'update',
    OFTEN,
    async (cell, one, fail) => {
      fail('views.update', one, { about: undefined })
      await begin(cell)
      const shown = await cell.form(/incident id/)
      await begin(cell)
      await cell.form(/Why\?/)
      return { sees: `${sees(shown)}, in the form`, ends: 'the form, at the next try' }
    },
    1,
  )
  const twice = await inOneTown(
    where,
    'updates',
    SOON,
    async (cell, one, fail) => {
      fail('views.update', one, { times: 2, about: undefined })
      await begin(cell)
      const told = await cell.privately(cell.person, /incident id/)
      await begin(cell)
      await cell.form(/Why\?/)
      return { sees: `${sees(told)}, in private`, ends: 'the form, at the next try' }
    },
    1,
  )
  const pressed = await inOneTown(
    'views.update at a button of a form',
    'pressed',
    SOON,
    async (cell, one, fail) => {
      const { slack, dts } = cell.town
      dts.changeJob(cell.job, { status: 1 })
      await begin(cell)
      await cell.form(/Look again/)
      fail('views.update', one, { times: 2, about: undefined })
      await slack.people.press(cell.person, 'dts_look_again')
      const place = slack.ws.dm(cell.person).id
      const direct = () => slack.ws.messages.find(({ channel }) => channel === place)
      const told = text(await slack.waitFor(direct, 'a direct message'))
      await begin(cell)
      await cell.form(/Look again/)
      return { sees: `${sees(told)}, in a direct message`, ends: 'the form, at the next try' }
    },
    1,
  )
  const closed = await inOneTown(
    where,
    'closed',
    CLOSED,
    async (cell, one, fail) => {
      fail('views.update', one, { about: undefined })
      await begin(cell)
      const { slack } = cell.town
      const met = () => slack.ws.calls.filter(({ error }) => error === one.input.error)[0]
      await slack.waitFor(met, 'the form to be missed')
      await begin(cell)
      await cell.form(/Why\?/)
      expect(slack.ws.ephemerals).toEqual([])
      return { sees: 'nothing: they did it', ends: 'the form, at the next try' }
    },
    1,
  )
  return [
    ...failing,
    ...[...twice, ...pressed].map((row) => ({ ...row, fault: `${row.fault}, twice` })),
    ...closed,
  ]
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

async function begin({ town, person, channel, job }: Cell): Promise<void> {
  const { people, ws } = town.slack
  if (ws.topView(person)) await people.closeView(person)
  await people.command(person, channel, `/dts start ${job}`)
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

/** What the words come down to. */
function sees(words: string): string {
  if (/incident id/.test(words)) return INCIDENT
  if (/lacks the scope/.test(words)) return 'which scope is missing'
  if (/not in this channel/.test(words)) return 'how to invite the bot'
  expect(words).toMatch(/Slack said \S/)
  return /operator/.test(words)
    ? 'what Slack said, that an operator has to look'
    : 'what Slack said, to press again'
}
