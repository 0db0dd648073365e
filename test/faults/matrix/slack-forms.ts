import { expect } from 'vitest'
import type { JobSpec } from '../../../playground/dts/job.ts'
import { text } from '../../../playground/workspace/read.ts'
import { OFFERED, watched } from './operations.ts'
import { boPressesReject, pressOnCard, summary, typeStart } from './slack-answers.ts'
import { ANY_CALL } from './slack-errors.ts'
import { type Case, errors, inOneWorld } from './slack-faults.ts'
import { type Row, oneByOne } from './table.ts'
import type { Trial } from './trial.ts'

/** A form that opens at once, and is filled when the bot knows more. */
type Form = {
  by: string
  spec?: JobSpec
  prepare: (trial: Trial) => Promise<unknown>
  open: (trial: Trial) => Promise<void>
  /** The open form, once it says this. */
  shows: (trial: Trial, words: RegExp) => Promise<string>
  /** What only the person sees in the channel. */
  reads: (trial: Trial, words: RegExp) => Promise<string>
}

const START: Form = {
  by: '`/dts start`',
  prepare: async () => {},
  open: typeStart,
  shows: (trial, words) => trial.form(words),
  reads: (trial, words) => trial.privately(trial.person, words),
}
const REJECT: Form = {
  by: '*Reject*',
  prepare: (trial) => trial.ask(trial.job),
  open: (trial) => boPressesReject(trial, trial.card()),
  shows: (trial, words) => trial.boForm(words),
  reads: (trial, words) => trial.boReads(words),
}

const ON_THE_CARD = OFFERED.map(({ by, button, spec }): Form => ({
  ...START,
  by,
  spec,
  prepare: (trial) => watched(trial),
  open: (trial) => pressOnCard(trial, button),
}))

/** What people read when Slack does not do what the bot asked. */
const TROUBLE = /incident id|Slack is having trouble/
const OUTCOME = 'the form opens on the next try'

/** Not `exchanged_trigger_id`: that means a second delivery; see slack-side.test.ts. */
const LATE = errors(
  ['expired_trigger_id', 'invalid_trigger_id'],
  'the trigger is too old or invalid (2 errors)',
)
const CLOSED = errors(['not_found', 'hash_conflict'], 'the form was closed or changed (2 errors)')
/** Where a fault comes twice: two timeouts are more than anybody waits for. */
const QUICK = ANY_CALL.filter(({ input }) => !input.hang)

/** Calls about forms name no channel, so the faults come one after the other. */
const ONE = { atOnce: 1 }
const ANYWHERE = { about: undefined }

/** Opening a form, and filling it; the bot fills it a second time to say that the first failed. */
export async function forms(): Promise<Row[]> {
  return (await Promise.all([START, REJECT].map(failingForm))).flat()
}

/** The same on the card of a job that is watched. */
export async function formsOnTheCard(): Promise<Row[]> {
  return oneByOne(ON_THE_CARD.map((form) => () => failingForm(form)))
}

async function failingForm(form: Form): Promise<Row[]> {
  const rows = await Promise.all([
    failing(form, 'views.open', [...ANY_CALL, ...LATE]),
    failing(form, 'views.update', ANY_CALL),
    failing(form, 'views.update', QUICK, 2),
  ])
  return rows.flat()
}

async function failing(
  { by, spec = {}, prepare, open, shows, reads }: Form,
  method: string,
  cases: Case[],
  times = 1,
): Promise<Row[]> {
  const isOpen = method === 'views.update' && times === 1
  const rows = await inOneWorld(
    `${method} at ${by}`,
    'form',
    cases,
    async (trial, one, fail) => {
      await prepare(trial)
      fail(method, one, { times, ...ANYWHERE })
      await open(trial)
      const answer = await (isOpen ? shows : reads)(trial, TROUBLE)
      await open(trial)
      await shows(trial, /Why\?/)
      const where = isOpen ? 'in the form' : 'in private'
      return { sees: `${summary(answer)}, ${where}`, outcome: OUTCOME }
    },
    { ...ONE, spec },
  )
  return times === 1 ? rows : rows.map(isTwice)
}

/** Filling a form that was closed or changed meanwhile. */
export async function aClosedForm(): Promise<Row[]> {
  return inOneWorld(
    'views.update at `/dts start`',
    'closed',
    CLOSED,
    async (trial, one, fail) => {
      fail('views.update', one, ANYWHERE)
      await typeStart(trial)
      const { slack } = trial.world
      const missed = () => slack.ws.calls.find(({ error }) => error === one.input.error)
      await slack.waitFor(missed, `views.update to answer ${one.input.error}`)
      await typeStart(trial)
      await trial.form(/Why\?/)
      expect(slack.ws.ephemerals).toEqual([])
      return { sees: 'nothing: they closed or changed it', outcome: OUTCOME }
    },
    ONE,
  )
}

/** What a button of the form shows. */
export async function pressingInTheForm(): Promise<Row[]> {
  const rows = await inOneWorld(
    'views.update at a button of the form',
    'pressed',
    QUICK,
    async (trial, one, fail) => {
      const { slack, dts } = trial.world
      dts.changeJob(trial.job, { status: 1 })
      await typeStart(trial)
      await trial.form(/Look again/)
      fail('views.update', one, { times: 2, ...ANYWHERE })
      await slack.people.press(trial.person, 'dts_look_again')
      const answer = text(await trial.directMessage(TROUBLE))
      await typeStart(trial)
      await trial.form(/Look again/)
      return { sees: `${summary(answer)}, in a direct message`, outcome: OUTCOME }
    },
    ONE,
  )
  return rows.map(isTwice)
}

function isTwice(row: Row): Row {
  return { ...row, fault: `${row.fault}, twice` }
}
