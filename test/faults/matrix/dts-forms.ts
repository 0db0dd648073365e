import PQueue from 'p-queue'
import { expect } from 'vitest'
import type { JobSpec } from '../../../playground/dts/job.ts'
import { text } from '../../../playground/workspace/read.ts'
import { acknowledged } from '../../support/acknowledged.ts'
import { type Cell, addCell, startCrowdedTown } from './cell.ts'
import { WRONG_TYPES, afterEffect } from './dts-faults.ts'
import {
  type Case,
  NOES,
  READS,
  SILENT,
  SLOW,
  type Seen,
  explained,
  told,
  why,
} from './dts-told.ts'
import { type Row, counted } from './table.ts'

/** What people do in a form or for themselves, by the action that it needs. */
export async function inForms(): Promise<Row[]> {
  const town = await startCrowdedTown({})
  const queue = new PQueue({ concurrency: 12 })
  const all: Promise<Seen[]>[] = []
  for (const [name, { spec = {}, cases, meet }] of Object.entries(SITUATIONS)) {
    for (const [index, share] of [...cases.map((one) => [one]), [...NOES, SLOW]].entries()) {
      const cell = addCell(town, `${name}${index}`, spec)
      all.push(queue.add(() => inTurn(cell, share, meet)))
    }
  }
  return counted((await Promise.all(all)).flat())
}

type Meet = (cell: Cell, one: Case) => Promise<Row>
type Situation = { spec?: JobSpec; cases: Case[]; meet: Meet }

async function inTurn(cell: Cell, cases: Case[], meet: Meet): Promise<Seen[]> {
  const seen: Seen[] = []
  for (const one of cases) {
    seen.push({ ...(await meet(cell, one)), code: one.code })
    expect(cell.calls('StartMigrateJob')).toEqual({ received: 0, effective: 0 })
  }
  return seen
}

function fault({ town, job }: Cell, { input }: Case, action: string): void {
  town.dts.fault({ ...input, action, jobId: job })
}

async function begin({ town, person, channel, job }: Cell): Promise<void> {
  const { people, ws } = town.slack
  if (ws.topView(person)) await people.closeView(person)
  await acknowledged(people.command(person, channel, `/dts start ${job}`))
}

const SITUATIONS: Record<string, Situation> = {
  form: {
    cases: READS,
    async meet(cell, one) {
      const where = 'DescribeMigrateJobs for the form'
      fault(cell, one, 'DescribeMigrateJobs')
      await begin(cell)
      if (one.input.kind === 'slowDrip') {
        return {
          where,
          fault: one.fault,
          sees: told(one, await cell.form(/Why\?/)),
          ends: 'the form',
        }
      }
      const shown = await cell.form(why(one))
      expect(shown).toMatch(/\[Look again\]/)
      await cell.town.slack.people.press(cell.person, 'dts_look_again')
      await cell.form(/Why\?/)
      return {
        where,
        fault: one.fault,
        sees: told(one, shown),
        ends: 'the form, after *Look again*',
      }
    },
  },
  ask: {
    cases: READS,
    async meet(cell, one) {
      const where = 'DescribeMigrateJobs at *Ask for approval*'
      const { people, ws } = cell.town.slack
      await begin(cell)
      await cell.form(/Why\?/)
      people.fill(cell.person, 'dts_reason', 'because')
      fault(cell, one, 'DescribeMigrateJobs')
      const { ok } = await people.submit(cell.person)
      expect(ok).toBe(true)
      const asked = () => ws.messages.some((m) => m.channel === cell.channel)
      if (one.input.kind === 'slowDrip') {
        const card = await cell.cardSays(/Waiting for approval/)
        expect(text(card)).toContain('because')
        return { where, fault: one.fault, sees: told(one, ''), ends: 'the card' }
      }
      const shown = await cell.form(why(one))
      expect(asked()).toBe(false)
      return { where, fault: one.fault, sees: told(one, shown), ends: 'nothing asked' }
    },
  },
  status: {
    cases: READS,
    async meet(cell, one) {
      const where = 'DescribeMigrateJobs for `/dts status`'
      const { people, ws } = cell.town.slack
      const before = ws.ephemerals.filter(({ user }) => user === cell.person).length
      fault(cell, one, 'DescribeMigrateJobs')
      await people.command(cell.person, cell.channel, `/dts status ${cell.job}`)
      const answer = () => ws.ephemerals.filter(({ user }) => user === cell.person)[before]
      const said = text(await cell.town.slack.waitFor(answer, 'an answer in private'))
      expect(said).toMatch(why(one))
      return { where, fault: one.fault, sees: told(one, said), ends: 'an answer in private' }
    },
  },
  check: {
    spec: { status: 1, checkMs: 1e9 },
    cases: [
      ...SILENT,
      ...SILENT.map(({ fault: name, input }) => {
        return { fault: `${name}, but it took effect`, input: afterEffect(input) }
      }),
      { fault: 'wrong types, no effect', input: WRONG_TYPES },
      { fault: 'wrong types, but it took effect', input: afterEffect(WRONG_TYPES) },
    ],
    async meet(cell, one) {
      const where = 'CreateMigrateCheckJob at *Run the check*'
      await begin(cell)
      await cell.form(/Run the check/)
      fault(cell, one, 'CreateMigrateCheckJob')
      await cell.town.slack.people.press(cell.person, 'dts_run_check')
      const said = one.code ? new RegExp(RegExp.escape(one.code)) : why(one)
      const taken = { slowDrip: /being checked/, wrongTypes: /The check is on its way/ }
      const { kind } = one.input
      const shown = await cell.form(
        kind === 'slowDrip' || kind === 'wrongTypes' ? taken[kind] : said,
      )
      const seen = one.code
        ? explained(one.code, shown)
        : kind === 'wrongTypes'
          ? 'that it is on its way'
          : told(one, shown)
      if (kind === 'wrongTypes') expect(shown).not.toMatch(/RequestId/)
      const { effective } = cell.calls('CreateMigrateCheckJob')
      await begin(cell)
      await cell.form(effective ? /is being checked right now/ : /has not been checked yet/)
      const ends = effective
        ? 'the check runs; the next form says so'
        : 'no check; the next form offers it'
      return { where, fault: one.fault, sees: seen, ends }
    },
  },
  result: {
    spec: { status: 5, checkFails: { message: 'CheckPrivilege: a grant is missing' } },
    cases: [...SILENT, { fault: 'values of wrong types', input: WRONG_TYPES }],
    async meet(cell, one) {
      const where = 'DescribeMigrateCheckJob for the form'
      fault(cell, one, 'DescribeMigrateCheckJob')
      await begin(cell)
      const code = one.code && new RegExp(RegExp.escape(one.code))
      const slowly = one.input.kind === 'slowDrip'
      const wrong = one.input.kind === 'wrongTypes'
      const shown = await cell.form(slowly || wrong ? /did not pass/ : code || why(one))
      const seen = one.code
        ? explained(one.code, shown)
        : wrong
          ? 'that it did not pass'
          : told(one, shown)
      if (!slowly) await cell.town.slack.people.press(cell.person, 'dts_look_again')
      await cell.form(/did not pass its check[\s\S]*The check says/)
      const ends = slowly ? 'the form' : 'the form, after *Look again*'
      return { where, fault: one.fault, sees: seen, ends }
    },
  },
}
