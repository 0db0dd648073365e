import { expect, test } from 'vitest'
import { TEAM } from '../../playground/workspace/workspace.ts'
import { requireApprover } from '../../src/policy/directory.ts'
import { openDirectory, refusalOf } from '../support/directory.ts'

const BO = 'U0BO'
const CHEN = 'U0CHEN'
const DEE = 'U0DEE'
const APPROVERS = ['S0ONCALL', CHEN]

const FOREIGN = { no: 'foreignWorkspace' }
const IS_BOT = { no: 'bot' }
const GUEST = { no: 'guest', approvers: APPROVERS }
const NOT_NAMED = { no: 'notApprover', approvers: APPROVERS }

/** What `users.info` may say of somebody, and what follows from it. */
const PEOPLE: [object, object][] = [
  [{ user: { team_id: 'T0OTHER' } }, FOREIGN],
  [{ user: {} }, FOREIGN],
  [{}, FOREIGN],
  [{ user: { team_id: 'T0OTHER', teams: ['T0THIRD'], is_stranger: false } }, FOREIGN],
  [{ user: { enterprise_user: { teams: ['T0OTHER'] } } }, FOREIGN],
  [{ user: { team_id: TEAM, is_bot: true } }, IS_BOT],
  [{ user: { team_id: TEAM, is_workflow_bot: true } }, IS_BOT],
  [{ user: { team_id: TEAM, deleted: true } }, IS_BOT],
  [{ user: { team_id: TEAM, is_restricted: true } }, GUEST],
  [{ user: { team_id: TEAM, is_ultra_restricted: true } }, GUEST],
  [{ user: { teams: [TEAM], is_restricted: true } }, GUEST],
]

/** How `users.info` may say that somebody is a full member of our workspace. */
const MEMBERS = [
  { team_id: TEAM },
  { teams: ['T0OTHER', TEAM] },
  { team_id: 'T0OTHER', teams: [TEAM] },
  { enterprise_user: { teams: [TEAM] } },
  { team_id: 'T0OTHER', enterprise_user: { teams: ['T0OTHER', TEAM] } },
]

async function openApprovers() {
  const world = await openDirectory()
  const refusal = (user: string, approvers = APPROVERS) =>
    refusalOf(requireApprover(world.directory, approvers, user))
  return { ...world, refusal }
}

test.each(PEOPLE)('who is no full member may not decide, named or not: %j', async (said, no) => {
  const { faults, refusal } = await openApprovers()
  for (const user of [BO, CHEN, DEE]) {
    faults.add('users.info', { answer: { ...said }, times: 1 })
    expect(await refusal(user)).toEqual(no)
  }
})

test.each(MEMBERS)('a full member may decide, alone or in an organization: %j', async (user) => {
  const { faults, refusal } = await openApprovers()
  faults.add('users.info', { answer: { user }, times: 2 })
  expect(await refusal(BO)).toBeUndefined()
  expect(await refusal(DEE)).toEqual(NOT_NAMED)
})

test('named by id: no group is read', async () => {
  const { asked, refusal } = await openApprovers()
  expect(await refusal(CHEN)).toBeUndefined()
  expect(asked()).toEqual(['users.info'])
})

test('named by a group as it is at that moment', async () => {
  const { ws, faults, refusal } = await openApprovers()
  expect(await refusal(DEE)).toEqual(NOT_NAMED)
  expect(await refusal(BO)).toBeUndefined()
  ws.groups.set('S0ONCALL', { handle: 'oncall-db', users: [DEE] })
  expect(await refusal(BO)).toEqual(NOT_NAMED)
  expect(await refusal(DEE)).toBeUndefined()
  faults.add('usergroups.users.list', { answer: {}, times: 1 })
  expect(await refusal(DEE)).toEqual(NOT_NAMED)
})

test('every group is read, and nobody who is named by id is asked for as one', async () => {
  const { ws, faults, refusal } = await openApprovers()
  ws.groups.set('S0DBA', { handle: 'dba', users: [DEE] })
  expect(await refusal(DEE, ['S0ONCALL', 'S0DBA', CHEN, 'W0ELSE'])).toBeUndefined()
  const read = ws.calls.filter(({ method }) => method === 'usergroups.users.list')
  expect(read.map(({ args }) => args['usergroup'])).toEqual(['S0ONCALL', 'S0DBA'])
  // A member of a group that Slack lists may decide, whatever it says about the others.
  faults.add('usergroups.users.list', { error: 'no_such_subteam', about: 'S0ONCALL', times: 1 })
  expect(await refusal(DEE, ['S0ONCALL', 'S0DBA'])).toBeUndefined()
})

test('if Slack does not say who somebody is, nobody decides; the log has the person', async () => {
  const { faults, logs, refusal } = await openApprovers()
  faults.add('users.info', { status: 500, times: 1 })
  expect(await refusal(CHEN)).toEqual({ no: 'cannotTell', error: 'HTTP 500' })
  expect(logs.join()).toMatch(/"user":"U0CHEN".*"msg":"users\.info failed"/)
  expect(logs.join()).toMatch(/"err":\{/)
})

test('if Slack does not list a group, who may be in it does not decide; the log has the group', async () => {
  const { faults, logs, refusal } = await openApprovers()
  const no = { no: 'groupsUnreadable', groups: ['S0ONCALL'], approvers: APPROVERS }
  faults.add('usergroups.users.list', { error: 'no_such_subteam', times: 1 })
  expect(await refusal(BO)).toEqual({ ...no, error: 'no_such_subteam', passing: false })
  expect(logs.join()).toMatch(/"usergroup":"S0ONCALL".*"msg":"usergroups\.users\.list failed"/)
  expect(logs.join()).toMatch(/"err":\{/)
  faults.add('usergroups.users.list', { status: 500, times: 1 })
  expect(await refusal(BO)).toEqual({ ...no, error: 'HTTP 500', passing: true })
})

test('the groups that Slack does not list are named, not the others', async () => {
  const { ws, refusal } = await openApprovers()
  ws.groups.set('S0DBA', { handle: 'dba', users: [] })
  const approvers = ['S0GONE', 'S0DBA', 'S0LOST']
  const refused = await refusal(BO, approvers)
  expect(refused).toMatchObject({ no: 'groupsUnreadable', error: 'no_such_subteam', approvers })
  expect(refused && 'groups' in refused && refused.groups.toSorted()).toEqual(['S0GONE', 'S0LOST'])
})

test('what a person is comes before what a group says', async () => {
  const { faults, refusal } = await openApprovers()
  faults.add('usergroups.users.list', { error: 'no_such_subteam', times: 9 })
  expect(await refusal('U0GIL')).toEqual(GUEST)
  expect(await refusal('U0FAY')).toEqual(FOREIGN)
})

test('a missing scope is named', async () => {
  const { ws, refusal } = await openApprovers()
  ws.scopes.delete('usergroups:read')
  expect(await refusal(BO)).toEqual({ no: 'missingScope', scope: 'usergroups:read' })
  ws.scopes.delete('users:read')
  expect(await refusal(CHEN)).toEqual({ no: 'missingScope', scope: 'users:read' })
})
