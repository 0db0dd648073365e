import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import type { Message } from '../../playground/workspace/workspace.ts'
import { asItWas } from '../support/person.ts'
import {
  EACH_ONCE,
  JOB,
  LOOKS,
  type Way,
  type World,
  channelOf,
  peopleIn,
  startWorld,
  startsSent,
} from '../support/world.ts'

const NO_PERMISSION = 'UnauthorizedOperation.NotEnoughPrivileges'

/** A job whose start is approved, in a world where a start has to show soon. */
async function approved(way: Way, begin: (world: World) => void = () => {}): Promise<World> {
  const world = await startWorld(way, { rules: { grace: 1_000 } })
  world.dts.addJob({ id: JOB, migrateType: 2, durationMs: 600_000 })
  const card = await world.ann.asks(JOB)
  begin(world)
  await world.bo.approves(card)
  return world
}

/** From now on, or from the second look on: the first one comes before the start. */
function nobodyMayLook({ dts }: World, from: 'now' | 'afterTheStart'): void {
  for (const action of LOOKS) {
    if (from === 'afterTheStart') dts.fault({ action, kind: 'delay', ms: 0 })
    dts.fault({ action, times: 10_000, kind: 'error', code: NO_PERMISSION })
  }
}

test.each(EACH_ONCE)(
  'a running job that somebody resets ends the watch, and can be asked for again ($version, $mode, $engine)',
  async (way) => {
    const world = await approved(way)
    world.dts.skip(10_000)
    await world.cardSays(/Running/)
    world.dts.changeJob(JOB, { status: 4 })
    const card = await world.cardSays(/Not running[\s\S]*it has passed its check/)
    expect(text(card)).not.toMatch(/\[/)
    const told = await world.threadSays(/@U0ANN: Not running[\s\S]*ask again/)
    expect(told.broadcast).toBe(true)
    await world.ann.types(`/dts start ${JOB}`)
    await world.ann.formSays(/Why\?/)
    expect(world.dts.starts(JOB)).toBe(1)
  },
)

test.each(EACH_ONCE)(
  'while DTS does not let the bot look, the card says so, and goes on afterwards ($version, $mode, $engine)',
  async (way) => {
    const world = await approved(way)
    world.dts.skip(10_000)
    await world.cardSays(/Running/)
    nobodyMayLook(world, 'now')
    const card = await world.cardSays(/I can't see this job[\s\S]*Last seen: Running[\s\S]*since/)
    expect(text(card)).toContain(NO_PERMISSION)
    expect(text(card)).toMatch(/An operator's turn[\s\S]*\[Stop watching\]/)
    const told = await world.threadSays(/@U0ANN: I can't see this job/)
    expect(told.broadcast).toBe(true)
    world.dts.clearFaults()
    await world.cardSays(/^▶ Running/)
    world.dts.skip(700_000)
    await world.cardSays(/Done/)
  },
)

test.each(EACH_ONCE)(
  'a start without an answer, and a reset before the next look: its start time tells ($version, $mode, $engine)',
  async (way) => {
    const world = await approved(way, (it) => {
      it.dts.fault({ action: 'StartMigrateJob', kind: 'resetAfter' })
      nobodyMayLook(it, 'afterTheStart')
    })
    await world.cardSays(/Outcome unknown/)
    world.dts.skip(10_000)
    world.dts.changeJob(JOB, { status: 4 })
    world.dts.clearFaults()
    await world.threadSays(/It did start, .* UTC\. Now the job has passed its check/)
    await world.cardSays(/Not running[\s\S]*it has passed its check/)
    expect(startsSent(world.dts, JOB)).toBe(1)
  },
)

test.each(EACH_ONCE)(
  'a start time from before the start proves nothing ($version, $mode, $engine)',
  async (way) => {
    const world = await startWorld(way, { rules: { grace: 1_000 } })
    world.dts.addJob({ id: JOB, status: 7, migrateType: 2, durationMs: 600_000 })
    world.dts.changeJob(JOB, { status: 4 })
    world.dts.fault({ action: 'StartMigrateJob', kind: 'resetBefore' })
    await world.bo.approves(await world.ann.asks(JOB))
    await world.cardSays(/Did not start[\s\S]*DTS shows no sign of it since/)
    expect(world.dts.starts(JOB)).toBe(0)
  },
)

test.each(EACH_ONCE)(
  'if the bot cannot find out, people look, and say that it started ($version, $mode, $engine)',
  async (way) => {
    const world = await approved(way, (it) => {
      it.dts.fault({ action: 'StartMigrateJob', kind: 'resetAfter' })
      nobodyMayLook(it, 'afterTheStart')
    })
    const asks = await world.threadSays(/can't tell whether the job started[\s\S]*@S0ONCALL/)
    expect(asks.broadcast).toBe(true)
    const card = await world.cardSays(/Outcome unknown[\s\S]*\[It started\] *\[It did not start\]/)
    await world.dee.presses('It started', card)
    await world.dee.isTold(/This decision belongs to/)
    await world.bo.presses('It started', card)
    await world.threadSays(/@U0BO looked: it did start/)
    world.dts.clearFaults()
    await world.cardSays(/Running/)
    expect(world.dts.starts(JOB)).toBe(1)
  },
)

test.each(EACH_ONCE)(
  'if the bot cannot find out, people look, and say that it did not ($version, $mode, $engine)',
  async (way) => {
    const world = await approved(way, (it) => {
      it.dts.fault({ action: 'StartMigrateJob', kind: 'resetBefore' })
      nobodyMayLook(it, 'afterTheStart')
    })
    await world.cardSays(/haven't been able to look/)
    world.dts.changeJob(JOB, { status: 99 })
    world.dts.clearFaults()
    const card = await world.cardSays(
      /Outcome unknown[\s\S]*recognise \((99|\?)\)[\s\S]*\[It did not start\]/,
    )
    const before = asItWas(card)
    await world.bo.presses('It did not start', card)
    await world.cardSays(/Did not start[\s\S]*@U0BO looked: it did not start/)
    await world.chen.presses('It started', before)
    await world.chen.isTold(/Too late: this migration has ended/)
    expect(startsSent(world.dts, JOB)).toBe(1)
  },
)

test.each(EACH_ONCE)(
  'a requester who is no approver neither settles a start nor stops a watch ($version, $mode, $engine)',
  async (way) => {
    const world = await approved(way, (it) => {
      it.dts.fault({ action: 'StartMigrateJob', kind: 'resetAfter' })
      nobodyMayLook(it, 'afterTheStart')
    })
    const { ann, dts, slack } = world
    const isRefused = async (button: string, card: Message): Promise<void> => {
      slack.ws.ephemerals.length = 0
      await ann.presses(button, card)
      await ann.isTold(/This decision belongs to @S0ONCALL/)
    }
    const unknown = await world.cardSays(/\[It started\] *\[It did not start\]/)
    await isRefused('It did not start', unknown)
    await isRefused('It started', unknown)
    expect(text(world.card())).toMatch(/Outcome unknown/)
    dts.clearFaults()
    dts.skip(10_000)
    await world.cardSays(/Running/)

    dts.changeJob(JOB, { status: 99 })
    await isRefused('Stop watching', await world.cardSays(/\[Stop watching\]/))
    dts.changeJob(JOB, { status: 7 })
    await world.cardSays(/Running/)
    dts.skip(700_000)
    await world.cardSays(/Done/)
  },
)

test.each(EACH_ONCE)(
  'people can stop a watch that may lead nowhere ($version, $mode, $engine)',
  async (way) => {
    const world = await approved(way)
    world.dts.skip(10_000)
    await world.cardSays(/Running/)
    world.dts.changeJob(JOB, { status: 99 })
    const card = await world.cardSays(/recognise \((99|\?)\)[\s\S]*\[Stop watching\]/)
    await world.bo.presses('Stop watching', card)
    await world.cardSays(/No longer watched[\s\S]*@U0BO stopped the watch/)
  },
)

test.each(EACH_ONCE)(
  'one unreadable job does not hide the rest ($version, $mode, $engine)',
  async (way) => {
    const world = await approved(way)
    const { ws } = world.slack
    const [everyone] = [...ws.channels.values()]
    if (!everyone) throw new Error('no channel')
    ws.channels.set('C0OTHER', { ...everyone, id: 'C0OTHER', name: 'other' })
    const other = channelOf(world.slack, { channel: 'C0OTHER' })
    const { bo, chen } = peopleIn(world.slack, 'C0OTHER')
    const hidden = 'dts-2hidden'
    world.dts.addJob({ id: hidden, migrateType: 2, durationMs: 600_000 })
    await bo.approves(await chen.asks(hidden))
    world.dts.skip(10_000)
    await Promise.all([world.cardSays(/Running/), other.cardSays(/Running/)])
    const refusal = { kind: 'error', code: NO_PERMISSION, times: 10_000 } as const
    for (const action of LOOKS) world.dts.fault({ ...refusal, action, jobId: hidden })
    await other.cardSays(/I can't see this job/)
    expect(text(world.card())).toMatch(/Running/)
    world.dts.skip(700_000)
    await world.cardSays(/Done/)
    expect(text(other.card())).toMatch(/I can't see this job/)
  },
)
