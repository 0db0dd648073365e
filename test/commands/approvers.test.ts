import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { TEAM } from '../../playground/workspace/workspace.ts'
import { CHEN, DEE, JOB, startDecision } from '../support/decision.ts'
import { BO } from '../support/town.ts'

const FOREIGN = /Only people of the workspace/
const BOT = /Bots and deactivated accounts/
const GUEST = /Guests cannot decide/
/** The form that asks why. */
const FORM = /Why/

/** What `users.info` may say of somebody, and what follows from it. */
const PEOPLE: [object, RegExp][] = [
  [{ user: { team_id: 'T0OTHER' } }, FOREIGN],
  [{ user: {} }, FOREIGN],
  [{}, FOREIGN],
  [{ user: { team_id: TEAM, is_stranger: true } }, FOREIGN],
  [{ user: { team_id: TEAM, is_bot: true } }, BOT],
  [{ user: { team_id: TEAM, is_workflow_bot: true } }, BOT],
  [{ user: { team_id: TEAM, deleted: true } }, BOT],
  [{ user: { team_id: TEAM, is_restricted: true } }, GUEST],
  [{ user: { team_id: TEAM, is_ultra_restricted: true } }, GUEST],
]

test('who is no full member of this workspace may not decide, named or not', async () => {
  const { town, slack, card, answer } = await startDecision()
  const reject = (user: string) => slack.people.click(user, card, 'dts_reject')
  for (const [said, words] of PEOPLE) {
    for (const user of [BO, CHEN]) {
      slack.faults.add('users.info', { answer: { ...said }, times: 1 })
      expect(await answer(user, () => reject(user)), JSON.stringify(said)).toMatch(words)
    }
  }
  slack.faults.add('users.info', { answer: { user: { team_id: TEAM } }, times: 1 })
  expect(await answer(BO, () => reject(BO))).toMatch(FORM)
  expect(text(town.card())).toMatch(/Waiting for approval/)
})

test('who is named may decide: by id, or in a group that is read at that moment', async () => {
  const { slack, card, answer } = await startDecision()
  const reject = (user: string) => slack.people.click(user, card, 'dts_reject')
  const notNamed = /This decision belongs to @S0ONCALL, @U0CHEN/
  expect(await answer(DEE, () => reject(DEE))).toMatch(notNamed)
  expect(await answer(BO, () => reject(BO))).toMatch(FORM)

  const lists = () => slack.ws.calls.filter(({ method }) => method === 'usergroups.users.list')
  const before = lists().length
  expect(await answer(CHEN, () => reject(CHEN))).toMatch(FORM)
  expect(lists()).toHaveLength(before)

  slack.ws.groups.set('S0ONCALL', { handle: 'oncall-db', users: [DEE] })
  expect(await answer(BO, () => reject(BO))).toMatch(notNamed)
  expect(await answer(DEE, () => reject(DEE))).toMatch(FORM)
  slack.faults.add('usergroups.users.list', { answer: {}, times: 1 })
  expect(await answer(DEE, () => reject(DEE))).toMatch(notNamed)
})

test('when Slack does not tell, nobody decides, and the reason is said and logged', async () => {
  const { town, slack, card, answer } = await startDecision()
  const { faults, ws } = slack
  const approve = () => answer(BO, () => slack.people.click(BO, card, 'dts_approve'))

  faults.add('users.info', { status: 500, times: 1 })
  expect(await approve()).toMatch(/could not find out from Slack[\s\S]*Slack said HTTP 500/)
  const about = (id: string, words: string) =>
    town.logs.some((line) => line.includes(`"${id}"`) && line.includes(words))
  expect(about(BO, 'could not find out whether somebody may decide')).toBe(true)

  faults.add('usergroups.users.list', { error: 'no_such_subteam', times: 1 })
  expect(await approve()).toMatch(/who is in @S0ONCALL[\s\S]*operator[\s\S]*no_such_subteam/)
  expect(about('S0ONCALL', 'does not list a user group of DTS_APPROVERS')).toBe(true)
  faults.add('usergroups.users.list', { status: 500, times: 1 })
  expect(await approve()).toMatch(/who is in @S0ONCALL[\s\S]*Press again in a while/)

  ws.scopes.delete('usergroups:read')
  expect(await approve()).toMatch(/lacks the scope usergroups:read/)
  ws.scopes.delete('users:read')
  expect(await approve()).toMatch(/lacks the scope users:read/)

  expect(text(town.card())).toMatch(/Waiting for approval/)
  expect(town.dts.starts(JOB)).toBe(0)
})
