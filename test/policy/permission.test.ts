import { expect, test } from 'vitest'
import type { Decision } from '../../src/migration/actions.ts'
import { requirePermission } from '../../src/policy/permission.ts'
import { ruleInForce } from '../../src/policy/rule.ts'
import { openDirectory, refusalOf } from '../support/directory.ts'

const ANN = 'U0ANN'
const BO = 'U0BO'
const APPROVERS = ['S0ONCALL']
const ACTION: Decision = { do: 'approve', request: 1, approvers: APPROVERS }

async function openPermission() {
  const world = await openDirectory()
  const refusal = (action: Decision, user: string) =>
    refusalOf(requirePermission(world.directory, action, user))
  return { ...world, refusal }
}

test('approvers may, nobody else', async () => {
  const { refusal } = await openPermission()
  expect(await refusal(ACTION, BO)).toBeUndefined()
  expect(await refusal(ACTION, ANN)).toEqual({ no: 'notApprover', approvers: APPROVERS })
})

test('who is excepted may not, approver or not, and Slack is not asked', async () => {
  const { asked, refusal } = await openPermission()
  const no = { no: 'selfApproval', approvers: APPROVERS }
  expect(await refusal({ ...ACTION, except: BO }, BO)).toEqual(no)
  expect(await refusal({ ...ACTION, except: BO, also: BO }, BO)).toEqual(no)
  expect(asked()).toEqual([])
  expect(await refusal({ ...ACTION, except: ANN }, BO)).toBeUndefined()
})

test('one person more may, and Slack is not asked', async () => {
  const { faults, asked, refusal } = await openPermission()
  faults.add('users.info', { error: 'user_not_found', times: 9 })
  expect(await refusal({ ...ACTION, also: ANN }, ANN)).toBeUndefined()
  expect(asked()).toEqual([])
  faults.clear()
  expect(await refusal({ ...ACTION, also: ANN }, BO)).toBeUndefined()
  expect(await refusal({ ...ACTION, also: BO }, ANN)).toMatchObject({ no: 'notApprover' })
})

test('one approval by anybody whom the configuration names', () => {
  expect(ruleInForce(APPROVERS)).toEqual({ approvers: APPROVERS, approvals: 1 })
})
