import { expect } from 'vitest'
import { text } from '../../../playground/workspace/read.ts'
import { BO } from '../../support/town.ts'
import { headline } from './cell.ts'
import { OFTEN } from './slack-errors.ts'
import { errors, inOneTown } from './slack-faults.ts'
import { begin, sees } from './slack-sees.ts'
import type { Row } from './table.ts'

/** What people are told when Slack does not do what it was asked. */
const UNSAID = /incident id|Slack has trouble/

/** Not `exchanged_trigger_id`: that comes of a second delivery; see slack-side.test.ts. */
const LATE = errors(
  ['expired_trigger_id', 'invalid_trigger_id'],
  'the trigger is no longer good (2 errors)',
)
const CLOSED = errors(['not_found', 'hash_conflict'], 'the form was closed or changed (2 errors)')
/** Two of them take less time than anybody waits. */
const SOON = OFTEN.filter(({ input }) => !input.hang)

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
      const told = await cell.privately(cell.person, UNSAID)
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
      const told = await cell.boReads(UNSAID)
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
      const shown = await cell.form(UNSAID)
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
      const told = await cell.privately(cell.person, UNSAID)
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
      const told = text(await cell.directly(UNSAID))
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
