import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { ANN, BO, EACH_ONCE, type Town, type Way, cornerOf, startTown } from '../support/town.ts'

const JOB = 'dts-1kl0iy0v'
const NO_PERMISSION = 'UnauthorizedOperation.NotEnoughPrivileges'

/** A job whose start was approved, in a world where a start shows soon. */
async function approved(way: Way, begin: (town: Town) => void = () => {}): Promise<Town> {
  const town = await startTown(way, { rules: { grace: 1_000 } })
  town.dts.addJob({ id: JOB, migrateType: 2, durationMs: 600_000 })
  const card = await town.ask(JOB)
  begin(town)
  await town.slack.people.click(BO, card, 'dts_approve')
  return town
}

/** From now on, or from the second look on: the first one is that before the start. */
function nobodyMayLook({ dts }: Town, from: 'now' | 'afterTheStart'): void {
  if (from === 'afterTheStart') dts.fault({ action: 'DescribeMigrateJobs', kind: 'delay', ms: 0 })
  dts.fault({ action: 'DescribeMigrateJobs', times: 10_000, kind: 'error', code: NO_PERMISSION })
}

test.each(EACH_ONCE)(
  'a started job that somebody sets back ends the watch, and can be asked for again ($mode, $engine)',
  async (way) => {
    const town = await approved(way)
    town.dts.skip(10_000)
    await town.cardSays(/Running/)
    town.dts.changeJob(JOB, { status: 4 })
    const card = await town.cardSays(/Not running[\s\S]*it has passed its check/)
    expect(text(card)).not.toMatch(/\[/)
    const told = await town.threadSays(/@U0ANN: Not running[\s\S]*ask again/)
    expect(told.broadcast).toBe(true)
    await town.slack.people.command(ANN, card.channel, `/dts start ${JOB}`)
    await town.form(/Why\?/)
    expect(town.dts.starts(JOB)).toBe(1)
  },
)

test.each(EACH_ONCE)(
  'while DTS does not let us look, the card says so, and goes on afterwards ($mode, $engine)',
  async (way) => {
    const town = await approved(way)
    town.dts.skip(10_000)
    await town.cardSays(/Running/)
    nobodyMayLook(town, 'now')
    const card = await town.cardSays(/Out of sight[\s\S]*Last seen as: Running[\s\S]*since/)
    expect(text(card)).toContain(NO_PERMISSION)
    expect(text(card)).toMatch(/An operator's turn[\s\S]*\[Stop watching\]/)
    const told = await town.threadSays(/@U0ANN: the job is out of sight/)
    expect(told.broadcast).toBe(true)
    town.dts.clearFaults()
    await town.cardSays(/^▶ Running/)
    town.dts.skip(700_000)
    await town.cardSays(/Done/)
  },
)

test.each(EACH_ONCE)(
  'a start of which nobody heard, set back before a look, is told by its start time ($mode, $engine)',
  async (way) => {
    const town = await approved(way, (it) => {
      it.dts.fault({ action: 'StartMigrateJob', kind: 'resetAfter' })
      nobodyMayLook(it, 'afterTheStart')
    })
    await town.cardSays(/Outcome unknown/)
    town.dts.skip(10_000)
    town.dts.changeJob(JOB, { status: 4 })
    town.dts.clearFaults()
    await town.threadSays(/It did start, .* UTC\. Now the job has passed its check/)
    await town.cardSays(/Not running[\s\S]*it has passed its check/)
    expect(town.dts.requests.filter(({ action }) => action === 'StartMigrateJob')).toHaveLength(1)
  },
)

test.each(EACH_ONCE)(
  'a start time from before the start proves nothing ($mode, $engine)',
  async (way) => {
    const town = await startTown(way, { rules: { grace: 1_000 } })
    town.dts.addJob({ id: JOB, status: 7, migrateType: 2, durationMs: 600_000 })
    town.dts.changeJob(JOB, { status: 4 })
    town.dts.fault({ action: 'StartMigrateJob', kind: 'resetBefore' })
    await town.approve(JOB)
    await town.cardSays(/Did not start[\s\S]*DTS shows no start since/)
    expect(town.dts.starts(JOB)).toBe(0)
  },
)

test.each(EACH_ONCE)(
  'what nobody can find out is asked of people, who say that it started ($mode, $engine)',
  async (way) => {
    const town = await approved(way, (it) => {
      it.dts.fault({ action: 'StartMigrateJob', kind: 'resetAfter' })
      nobodyMayLook(it, 'afterTheStart')
    })
    const asks = await town.threadSays(/cannot find out whether the job started[\s\S]*@S0ONCALL/)
    expect(asks.broadcast).toBe(true)
    const card = await town.cardSays(/Outcome unknown[\s\S]*\[It started\] *\[It did not start\]/)
    await town.slack.people.click('U0DEE', card, 'dts_it_started')
    await town.privately('U0DEE', /This decision belongs to/)
    await town.slack.people.click(BO, card, 'dts_it_started')
    await town.threadSays(/@U0BO looked: it did start/)
    town.dts.clearFaults()
    await town.cardSays(/Running/)
    expect(town.dts.starts(JOB)).toBe(1)
  },
)

test.each(EACH_ONCE)(
  'what nobody can find out is asked of people, who say that it did not ($mode, $engine)',
  async (way) => {
    const town = await approved(way, (it) => {
      it.dts.fault({ action: 'StartMigrateJob', kind: 'resetBefore' })
      nobodyMayLook(it, 'afterTheStart')
    })
    await town.cardSays(/not been able to look/)
    town.dts.changeJob(JOB, { status: 99 })
    town.dts.clearFaults()
    const card = await town.cardSays(/Outcome unknown[\s\S]*status 99[\s\S]*\[It did not start\]/)
    const before = { ...card }
    await town.slack.people.click(BO, card, 'dts_did_not_start')
    await town.cardSays(/Did not start[\s\S]*@U0BO looked: it did not start/)
    await town.slack.people.click('U0CHEN', before, 'dts_it_started', true)
    await town.privately('U0CHEN', /Too late: this migration has ended already/)
    expect(town.dts.requests.filter(({ action }) => action === 'StartMigrateJob')).toHaveLength(1)
  },
)

test.each(EACH_ONCE)(
  'a watch that may lead nowhere can be ended by people ($mode, $engine)',
  async (way) => {
    const town = await approved(way)
    town.dts.skip(10_000)
    await town.cardSays(/Running/)
    town.dts.changeJob(JOB, { status: 99 })
    const card = await town.cardSays(/status 99[\s\S]*\[Stop watching\]/)
    await town.slack.people.click(ANN, card, 'dts_let_go')
    await town.cardSays(/No longer watched[\s\S]*@U0ANN ended the watch/)
  },
)

test.each(EACH_ONCE)(
  'a job that DTS does not let us look at hides no other ($mode, $engine)',
  async (way) => {
    const town = await approved(way)
    const { ws } = town.slack
    const [everyone] = [...ws.channels.values()]
    if (!everyone) throw new Error('no channel')
    ws.channels.set('C0OTHER', { ...everyone, id: 'C0OTHER', name: 'other' })
    const other = cornerOf(town.slack, { person: 'U0CHEN', channel: 'C0OTHER' })
    const hidden = 'dts-2hidden'
    town.dts.addJob({ id: hidden, migrateType: 2, durationMs: 600_000 })
    await other.approve(hidden)
    town.dts.skip(10_000)
    await Promise.all([town.cardSays(/Running/), other.cardSays(/Running/)])
    const refusal = { kind: 'error', code: NO_PERMISSION, times: 10_000 } as const
    town.dts.fault({ ...refusal, action: 'DescribeMigrateJobs', jobId: hidden })
    await other.cardSays(/Out of sight/)
    expect(text(town.card())).toMatch(/Running/)
    town.dts.skip(700_000)
    await town.cardSays(/Done/)
    expect(text(other.card())).toMatch(/Out of sight/)
  },
)
