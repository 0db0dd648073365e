import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { EACH_ONCE, JOB, type World, startWorld } from '../support/world.ts'

const HERE = { mode: 'socket', engine: 'sqlite' } as const
const CHEN_TOO = { env: { DTS_APPROVERS: 'S0ONCALL,U0CHEN' } }

/** What an operator finds in the log about a group that cannot be listed. */
function logged({ logs }: World, error: string): string[] {
  return logs.filter((line) => /S0ONCALL/.test(line) && line.includes(error))
}

const ERRORS = ['plan_upgrade_required', 'no_such_subteam', 'subteam_disabled']
const GONE = EACH_ONCE.flatMap((way) => ERRORS.map((error) => ({ ...way, error })))

test.each(GONE)(
  'a group that Slack does not list ($error, $mode, $engine)',
  async ({ error, ...way }) => {
    const world = await startWorld(way, CHEN_TOO)
    const { ann, bo, chen, dts, slack } = world
    dts.addJob({ id: JOB })
    const card = await ann.asks(JOB)
    slack.faults.add('usergroups.users.list', { error, times: 3 })

    await bo.approves(card)
    const told = await bo.isTold(/Slack won't tell me who is in @S0ONCALL/)
    expect(told).toMatch(/@U0CHEN can decide/)
    expect(told).toMatch(/An operator has to look at DTS_APPROVERS/)
    expect(told).toContain(error)
    expect(logged(world, error)).not.toEqual([])
    expect(text(world.card())).toMatch(/Waiting for approval/)

    await chen.approves(card)
    await world.threadSays(/Approved by @U0CHEN/)
    await world.threadSays(/DTS accepted the start/)
    expect(dts.starts(JOB)).toBe(1)
  },
)

test.each(EACH_ONCE)(
  'a group that Slack fails to list just now ($version, $mode, $engine)',
  async (way) => {
    const world = await startWorld(way, CHEN_TOO)
    const { ann, bo, dts, slack } = world
    dts.addJob({ id: JOB })
    const card = await ann.asks(JOB)
    slack.faults.add('usergroups.users.list', { status: 500, times: 1 })

    await bo.approves(card)
    const told = await bo.isTold(/Slack won't tell me who is in @S0ONCALL/)
    expect(told).toMatch(/Press again in a minute[\s\S]*@U0CHEN can decide/)
    expect(told).toMatch(/Slack said HTTP 500/)
    expect(logged(world, '500')).not.toEqual([])

    await bo.approves(card)
    await world.threadSays(/Approved by @U0BO/)
  },
)

test('with nobody named by id, an operator is asked for', async () => {
  const { ann, bo, dts, slack } = await startWorld(HERE)
  dts.addJob({ id: JOB })
  const card = await ann.asks(JOB)
  slack.faults.add('usergroups.users.list', { error: 'no_such_subteam', times: 1 })
  await bo.approves(card)
  const told = await bo.isTold(/Slack won't tell me who is in @S0ONCALL/)
  expect(told).toMatch(/An operator has to look at DTS_APPROVERS/)
  expect(told).not.toMatch(/can decide/)
})

test('who is in another group that Slack lists may decide all the same', async () => {
  const world = await startWorld(HERE, { env: { DTS_APPROVERS: 'S0GONE,S0ONCALL' } })
  const { ann, bo, dee, dts } = world
  dts.addJob({ id: JOB })
  const card = await ann.asks(JOB)
  await dee.approves(card)
  await dee.isTold(/Slack won't tell me who is in @S0GONE/)
  await bo.approves(card)
  await world.threadSays(/Approved by @U0BO/)
})

test('guests and the requester are told what stands in their way, not about groups', async () => {
  const { ann, gil, dts, slack } = await startWorld(HERE)
  dts.addJob({ id: JOB })
  const card = await ann.asks(JOB)
  slack.faults.add('usergroups.users.list', { error: 'no_such_subteam', times: 9 })
  await gil.approves(card)
  await gil.isTold(/Guests can't decide/)
  await ann.approves(card)
  await ann.isTold(/someone else has to approve it/)
})
