import PQueue from 'p-queue'
import { expect } from 'vitest'
import type { JobSpec } from '../../../playground/dts/job.ts'
import { text } from '../../../playground/workspace/read.ts'
import { acknowledged } from '../../support/acknowledged.ts'
import {
  ALL_CODES,
  type Case,
  NO_ANSWER,
  SLOW,
  type CodeRow,
  UNREADABLE,
  explained,
  sentence,
  summary,
} from './dts-cases.ts'
import { NOTHING, WRONG_TYPES, afterEffect } from './dts-faults.ts'
import { type Row, counted } from './table.ts'
import { type Trial, addTrial, startCrowdedWorld } from './trial.ts'

/** What people do in a form or look up, and the calls that it needs. */
export async function inForms(): Promise<Row[]> {
  const world = await startCrowdedWorld({})
  const queue = new PQueue({ concurrency: 12 })
  const all: Promise<CodeRow[]>[] = []
  for (const [name, { spec = {}, cases, run }] of Object.entries(SITUATIONS)) {
    for (const [index, share] of [...cases.map((one) => [one]), [...ALL_CODES, SLOW]].entries()) {
      const trial = addTrial(world, `${name}${index}`, spec)
      all.push(queue.add(() => inTurn(trial, share, run)))
    }
  }
  return counted((await Promise.all(all)).flat())
}

type Run = (trial: Trial, one: Case) => Promise<Row>
type Situation = { spec?: JobSpec; cases: Case[]; run: Run }

async function inTurn(trial: Trial, cases: Case[], run: Run): Promise<CodeRow[]> {
  const seen: CodeRow[] = []
  for (const one of cases) {
    seen.push({ ...(await run(trial, one)), code: one.code })
    expect(trial.calls('StartMigrateJob')).toEqual({ received: 0, effective: 0 })
  }
  return seen
}

function fault({ world, job }: Trial, { input }: Case, action: string): void {
  world.dts.fault({ ...input, action, jobId: job })
}

async function begin({ world, person, channel, job }: Trial): Promise<void> {
  const { people, ws } = world.slack
  if (ws.topView(person)) await people.closeView(person)
  await acknowledged(people.command(person, channel, `/dts start ${job}`))
}

const CHECK_CASES: Case[] = [
  ...NO_ANSWER,
  ...NO_ANSWER.map(({ fault: name, input }) => {
    return { fault: `${name}, but it took effect`, input: afterEffect(input) }
  }),
  { fault: 'values of the wrong type, no effect', input: WRONG_TYPES },
  { fault: 'values of the wrong type, but it took effect', input: afterEffect(WRONG_TYPES) },
]

const SITUATIONS: Record<string, Situation> = {
  form: {
    cases: UNREADABLE,
    async run(trial, one) {
      const where = 'DescribeMigrateJobs for the form'
      fault(trial, one, 'DescribeMigrateJobs')
      await begin(trial)
      if (one.input.kind === 'slowDrip') {
        const shown = await trial.form(/Why\?/)
        return { where, fault: one.fault, sees: summary(one, shown), outcome: 'the form works' }
      }
      const shown = await trial.form(sentence(one))
      expect(shown).toMatch(/\[Look again\]/)
      await trial.world.slack.people.press(trial.person, 'dts_look_again')
      await trial.form(/Why\?/)
      return {
        where,
        fault: one.fault,
        sees: summary(one, shown),
        outcome: 'the form works after *Look again*',
      }
    },
  },
  ask: {
    cases: UNREADABLE,
    async run(trial, one) {
      const where = 'DescribeMigrateJobs at *Ask for approval*'
      const { people, ws } = trial.world.slack
      await begin(trial)
      await trial.form(/Why\?/)
      people.fill(trial.person, 'dts_reason', 'because')
      fault(trial, one, 'DescribeMigrateJobs')
      const { ok } = await people.submit(trial.person)
      expect(ok).toBe(true)
      const asked = () => ws.messages.some((m) => m.channel === trial.channel)
      if (one.input.kind === 'slowDrip') {
        const card = await trial.cardSays(/Waiting for approval/)
        expect(text(card)).toContain('because')
        return { where, fault: one.fault, sees: summary(one, ''), outcome: 'the card' }
      }
      const shown = await trial.form(sentence(one))
      expect(asked()).toBe(false)
      return { where, fault: one.fault, sees: summary(one, shown), outcome: 'no request' }
    },
  },
  status: {
    cases: UNREADABLE,
    async run(trial, one) {
      const where = 'DescribeMigrateJobs for `/dts status`'
      const { people, ws } = trial.world.slack
      const before = ws.ephemerals.filter(({ user }) => user === trial.person).length
      fault(trial, one, 'DescribeMigrateJobs')
      await people.command(trial.person, trial.channel, `/dts status ${trial.job}`)
      const answer = () => ws.ephemerals.filter(({ user }) => user === trial.person)[before]
      const said = text(await trial.world.slack.waitFor(answer, 'an answer in private'))
      expect(said).toMatch(sentence(one))
      return { where, fault: one.fault, sees: summary(one, said), outcome: 'answered in private' }
    },
  },
  check: {
    spec: { status: 1, checkMs: 1e9 },
    cases: CHECK_CASES,
    async run(trial, one) {
      const where = 'CreateMigrateCheckJob at *Run the check*'
      await begin(trial)
      await trial.form(/Run the check/)
      fault(trial, one, 'CreateMigrateCheckJob')
      await trial.world.slack.people.press(trial.person, 'dts_run_check')
      const said = one.code ? new RegExp(RegExp.escape(one.code)) : sentence(one)
      const taken = { slowDrip: /being checked/, wrongTypes: /Check started/ }
      const { kind } = one.input
      const shown = await trial.form(
        kind === 'slowDrip' || kind === 'wrongTypes' ? taken[kind] : said,
      )
      const seen = one.code
        ? explained(one.code, shown)
        : kind === 'wrongTypes'
          ? '"Check started"'
          : summary(one, shown)
      if (kind === 'wrongTypes') expect(shown).not.toMatch(/RequestId/)
      const { effective } = trial.calls('CreateMigrateCheckJob')
      await begin(trial)
      await trial.form(effective ? /is being checked right now/ : /has not been checked yet/)
      const outcome = effective
        ? 'the check runs; the next form says so'
        : 'no check; the next form offers it'
      return { where, fault: one.fault, sees: seen, outcome }
    },
  },
  typedcheck: {
    spec: { status: 1, checkMs: 1e9 },
    cases: CHECK_CASES,
    async run(trial, one) {
      const where = 'CreateMigrateCheckJob at `/dts check`'
      const { people, ws } = trial.world.slack
      const before = ws.ephemerals.filter(({ user }) => user === trial.person).length
      const earlier = trial.calls('CreateMigrateCheckJob').effective
      fault(trial, one, 'CreateMigrateCheckJob')
      await people.command(trial.person, trial.channel, `/dts check ${trial.job}`)
      const answer = () => ws.ephemerals.filter(({ user }) => user === trial.person)[before]
      const said = text(await trial.world.slack.waitFor(answer, 'an answer in private'))
      const { kind } = one.input
      if (kind === 'slowDrip' || kind === 'wrongTypes') {
        expect(said).toMatch(/DTS is checking/)
        await trial.cardSays(/^⏳ Checking/)
        const sees = kind === 'slowDrip' ? NOTHING : '"DTS is checking"'
        return { where, fault: one.fault, sees, outcome: 'Checking' }
      }
      expect(said).toMatch(one.code ? new RegExp(RegExp.escape(one.code)) : sentence(one))
      const seen = one.code ? explained(one.code, said) : summary(one, said)
      expect(ws.messages.filter((m) => m.channel === trial.channel)).toEqual([])
      const isChecking = trial.calls('CreateMigrateCheckJob').effective > earlier
      const outcome = isChecking ? 'the check runs; no card follows it' : 'no check'
      return { where, fault: one.fault, sees: seen, outcome }
    },
  },
  result: {
    spec: { status: 5, checkFails: { message: 'CheckPrivilege: a grant is missing' } },
    cases: [...NO_ANSWER, { fault: 'values of the wrong type', input: WRONG_TYPES }],
    async run(trial, one) {
      const where = 'DescribeMigrateCheckJob for the form'
      fault(trial, one, 'DescribeMigrateCheckJob')
      await begin(trial)
      const code = one.code && new RegExp(RegExp.escape(one.code))
      const slowly = one.input.kind === 'slowDrip'
      const wrong = one.input.kind === 'wrongTypes'
      const shown = await trial.form(slowly || wrong ? /did not pass/ : code || sentence(one))
      expect(shown).toMatch(/did not pass its check/)
      const why = one.code ? explained(one.code, shown) : summary(one, shown)
      const status = 'that it did not pass its check'
      const seen = slowly ? why : wrong ? status : `${status}; ${why}`
      if (!slowly) await trial.world.slack.people.press(trial.person, 'dts_look_again')
      await trial.form(/did not pass its check[\s\S]*The check says/)
      const outcome = slowly ? 'the form works' : 'the form works after *Look again*'
      return { where, fault: one.fault, sees: seen, outcome }
    },
  },
}
