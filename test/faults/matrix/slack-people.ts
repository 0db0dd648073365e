import { expect } from 'vitest'
import type { JobSpec } from '../../../playground/dts/job.ts'
import { text } from '../../../playground/workspace/read.ts'
import type { Message } from '../../../playground/workspace/workspace.ts'
import { acknowledged } from '../../support/acknowledged.ts'
import { BO } from '../../support/world.ts'
import { OFFERED, watched } from './operations.ts'
import { boPressesReject, pressOnCard, summary, typeStart } from './slack-answers.ts'
import { ANY_CALL } from './slack-errors.ts'
import { type Case, errors, inOneWorld } from './slack-faults.ts'
import type { Row, Seen } from './table.ts'
import { type Trial, headline } from './trial.ts'

const SCOPE = errors(['missing_scope'])
const GROUP_GONE = errors(
  ['plan_upgrade_required', 'no_such_subteam', 'subteam_disabled'],
  'Slack cannot list the group (3 errors)',
)
const NOT_HERE = errors(['channel_not_found'])

/** Whether people in the channel would see the card. */
export async function whereACardGoes(): Promise<Row[]> {
  const cases = [...ANY_CALL, ...SCOPE, ...NOT_HERE]
  return inOneWorld(
    'conversations.info at `/dts start`',
    'info',
    cases,
    async (trial, one, fail) => {
      fail('conversations.info', one)
      await typeStart(trial)
      const shown = await trial.form(wordsFor(one, /incident id|Slack is having trouble/))
      await typeStart(trial)
      await trial.form(/Why\?/)
      return { sees: `${summary(shown)}, in the form`, outcome: 'the form opens on the next try' }
    },
  )
}

/** Whether somebody is a member, who may look and ask. Asked once a minute for each person. */
export async function whoMayAsk(): Promise<Row[]> {
  return asking(TYPING)
}

/** The same at a button of a job that is watched. */
export async function whoMayAskOnTheCard(): Promise<Row[]> {
  return asking(PRESSING)
}

async function asking(ways: Asking[]): Promise<Row[]> {
  const rows = await Promise.all(
    ways.map(({ by, spec = {}, prepare, says, hear, next, outcome }) =>
      inOneWorld(
        `users.info at ${by}`,
        'member',
        [...ANY_CALL, ...SCOPE],
        async (trial, one, fail) => {
          await prepare?.(trial)
          fail('users.info', one, { about: trial.person })
          await says(trial)
          const said = await hear(trial, wordsFor(one, UNTOLD))
          await says(trial)
          await hear(trial, next)
          return { sees: summary(said), outcome }
        },
        { spec },
      ),
    ),
  )
  return rows.flat()
}

const UNTOLD = /couldn't find out from Slack whether you may/

type Asking = {
  by: string
  spec?: JobSpec
  prepare?: (trial: Trial) => Promise<unknown>
  says: (trial: Trial) => Promise<unknown>
  hear: (trial: Trial, words: RegExp) => Promise<string>
  next: RegExp
  outcome: string
}
const IN_THE_FORM = {
  hear: (trial: Trial, words: RegExp) => trial.form(words),
  next: /Why\?/,
  outcome: 'the form opens on the next try',
}
const TYPING: Asking[] = [
  { by: '`/dts start`', says: typeStart, ...IN_THE_FORM },
  {
    by: '`/dts status`',
    says: ({ world, person, channel, job }) =>
      acknowledged(world.slack.people.command(person, channel, `/dts status ${job}`)),
    hear: (trial, words) => trial.privately(trial.person, words),
    next: /has passed its check/,
    outcome: 'the status on the next try',
  },
]
const PRESSING = OFFERED.map(({ by, button, spec }): Asking => ({
  by,
  spec,
  prepare: (trial: Trial) => watched(trial, BO),
  says: (trial: Trial) => pressOnCard(trial, button),
  ...IN_THE_FORM,
}))

/** Who pressed the button, and whether they may. */
export async function whoMayDecide(): Promise<Row[]> {
  const rows = await Promise.all(
    LOOKUPS.flatMap(({ method, about, cases, answer }, index) =>
      BUTTONS.map(([button, press]) =>
        inOneWorld(
          `${method} at *${button}*`,
          button.toLowerCase() + index,
          cases,
          async (trial, one, fail) => {
            const card = await trial.ask(trial.job)
            fail(method, one, { about })
            const seen = await press(trial, card, wordsFor(one, answer))
            await trial.boApproves(card)
            await trial.threadSays(/DTS accepted the start/)
            return seen
          },
          { atOnce: 1 },
        ),
      ),
    ),
  )
  return rows.flat()
}

const LOOKUPS = [
  {
    method: 'users.info',
    about: BO,
    cases: [...ANY_CALL, ...SCOPE],
    answer: /couldn't find out from Slack whether you may do this/,
  },
  {
    method: 'usergroups.users.list',
    about: 'S0ONCALL',
    cases: [...ANY_CALL, ...SCOPE, ...GROUP_GONE],
    answer: /won't tell me who is in @S0ONCALL/,
  },
]

type Press = (trial: Trial, card: Message, answer: RegExp) => Promise<Seen>
const BUTTONS: [string, Press][] = [
  ['Approve', approve],
  ['Reject', reject],
]

async function approve(trial: Trial, card: Message, answer: RegExp): Promise<Seen> {
  await trial.boApproves(card)
  const said = await trial.boReads(answer)
  expectUndecided(trial)
  const outcome = 'not decided; the next click counts'
  return { sees: `${summary(said)}, in private`, outcome }
}

async function reject(trial: Trial, card: Message, answer: RegExp): Promise<Seen> {
  await boPressesReject(trial, card)
  const said = await trial.boForm(answer)
  await boPressesReject(trial, card)
  await trial.boForm(/Why\?/)
  expectUndecided(trial)
  const outcome = 'not decided; the form opens on the next try'
  return { sees: `${summary(said)}, in the form`, outcome }
}

function expectUndecided(trial: Trial): void {
  expect(text(trial.card())).toMatch(/Waiting for approval/)
  expect(trial.calls('StartMigrateJob')).toEqual({ received: 0, effective: 0 })
}

/** The link to a card in `/dts status`. */
export async function linking(): Promise<Row[]> {
  const cases = [...ANY_CALL, ...errors(['message_not_found', 'channel_not_found'])]
  return inOneWorld(
    'chat.getPermalink for `/dts status`',
    'link',
    cases,
    async (trial, one, fail) => {
      await trial.ask(trial.job)
      fail('chat.getPermalink', one)
      await trial.world.slack.people.command(
        trial.person,
        trial.channel,
        `/dts status ${trial.job}`,
      )
      const status = await trial.privately(trial.person, /Asked for by .*Waiting for approval/)
      expect(status).not.toContain('Open the card')
      return { sees: 'the status without the link', outcome: headline(trial.card()) }
    },
  )
}

function wordsFor(one: Case, otherwise: RegExp): RegExp {
  if (SCOPE.includes(one)) return /lacks the scope[\s\S]*reinstall/
  return NOT_HERE.includes(one) ? /not in this channel[\s\S]*\/invite/ : otherwise
}
