import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { ANN, BO, type Town, EACH_ONCE, startTown } from '../support/town.ts'

const JOB = 'dts-1kl0iy0v'
const CHEN = 'U0CHEN'

/** What an operator finds in the log about a group that cannot be listed. */
function logged({ logs }: Town, error: string): string[] {
  return logs.filter((line) => /S0ONCALL/.test(line) && line.includes(error))
}

const ERRORS = ['plan_upgrade_required', 'no_such_subteam', 'subteam_disabled']
const GONE = EACH_ONCE.flatMap((way) => ERRORS.map((error) => ({ ...way, error })))

test.each(GONE)(
  'a group that Slack does not list ($error, $mode, $engine)',
  async ({ error, ...way }) => {
    const town = await startTown(way, { env: { DTS_APPROVERS: `S0ONCALL,${CHEN}` } })
    const { dts, slack } = town
    dts.addJob({ id: JOB })
    const card = await town.ask(JOB)
    slack.faults.add('usergroups.users.list', { error, times: 3 })

    await slack.people.click(BO, card, 'dts_approve')
    const told = await town.privately(BO, /Slack does not tell me who is in @S0ONCALL/)
    expect(told).toMatch(/@U0CHEN can decide/)
    expect(told).toMatch(/An operator has to look at DTS_APPROVERS/)
    expect(told).toContain(error)
    expect(logged(town, error)).not.toEqual([])
    expect(text(town.card())).toMatch(/Waiting for approval/)

    await slack.people.click(CHEN, card, 'dts_approve')
    await town.threadSays(/Approved by @U0CHEN/)
    await town.threadSays(/DTS accepted the start/)
    expect(dts.starts(JOB)).toBe(1)
  },
)

test.each(EACH_ONCE)('a group that Slack fails to list just now ($mode, $engine)', async (way) => {
  const town = await startTown(way, { env: { DTS_APPROVERS: `S0ONCALL,${CHEN}` } })
  const { dts, slack } = town
  dts.addJob({ id: JOB })
  const card = await town.ask(JOB)
  slack.faults.add('usergroups.users.list', { status: 500, times: 1 })

  await slack.people.click(BO, card, 'dts_approve')
  const told = await town.privately(BO, /Slack does not tell me who is in @S0ONCALL/)
  expect(told).toMatch(/Press again in a while[\s\S]*@U0CHEN can decide/)
  expect(told).toMatch(/Slack said HTTP 500/)
  expect(logged(town, '500')).not.toEqual([])

  await slack.people.click(BO, card, 'dts_approve')
  await town.threadSays(/Approved by @U0BO/)
})

test('with nobody named by id, an operator is asked for', async () => {
  const town = await startTown({ mode: 'socket', engine: 'sqlite' })
  town.dts.addJob({ id: JOB })
  const card = await town.ask(JOB)
  town.slack.faults.add('usergroups.users.list', { error: 'no_such_subteam', times: 1 })
  await town.slack.people.click(BO, card, 'dts_approve')
  const told = await town.privately(BO, /Slack does not tell me who is in @S0ONCALL/)
  expect(told).toMatch(/An operator has to look at DTS_APPROVERS/)
  expect(told).not.toMatch(/can decide/)
})

test('who is in another group that Slack lists may decide all the same', async () => {
  const env = { DTS_APPROVERS: 'S0GONE,S0ONCALL' }
  const town = await startTown({ mode: 'socket', engine: 'sqlite' }, { env })
  town.dts.addJob({ id: JOB })
  const card = await town.ask(JOB)
  await town.slack.people.click('U0DEE', card, 'dts_approve')
  await town.privately('U0DEE', /Slack does not tell me who is in @S0GONE/)
  await town.slack.people.click(BO, card, 'dts_approve')
  await town.threadSays(/Approved by @U0BO/)
})

test('guests and the requester are told what stands in their way, not about groups', async () => {
  const town = await startTown({ mode: 'socket', engine: 'sqlite' })
  town.dts.addJob({ id: JOB })
  const card = await town.ask(JOB)
  town.slack.faults.add('usergroups.users.list', { error: 'no_such_subteam', times: 9 })
  await town.slack.people.click('U0GIL', card, 'dts_approve')
  await town.privately('U0GIL', /Guests cannot decide/)
  await town.slack.people.click(ANN, card, 'dts_approve')
  await town.privately(ANN, /someone else has to approve it/)
})
