import { expect, test } from 'vitest'
import { campaign, campaignOf } from './campaign.ts'
import { simulate } from './episode.ts'

test('promises are kept, whatever happens', { timeout: 150_000 }, async () => {
  const report = await campaignOf(2, { seed: 1, days: 10_000, seconds: 90 })
  expect(report.failures).toEqual([])
  for (const times of Object.values(report.effects)) expect(times).toBeGreaterThan(0)
})

test('a seed decides everything', async () => {
  const [one, again, another] = [await simulate(7), await simulate(7), await simulate(8)]
  expect(again).toEqual(one)
  expect(another.hash).not.toBe(one.hash)
})

test('a call that leaves whenever its bot wakes up is found', { timeout: 90_000 }, async () => {
  const { failures } = await campaign({
    seed: 1,
    days: 3_000,
    seconds: 80,
    decorate: (context) => ({
      ...context,
      dts: {
        ...context.dts,
        startJob: (job) => context.dts.startJob(job, { priority: 'person' }),
      },
    }),
  })
  expect(failures.join()).toMatch(/after its attempt/)
})

test('a bot that acts on an approval however old it is is found', { timeout: 90_000 }, async () => {
  const { failures } = await campaign({
    seed: 1,
    days: 3_000,
    seconds: 80,
    decorate: (context) => ({ ...context, rules: { ...context.rules, patience: 1e12 } }),
  })
  expect(failures.join()).toMatch(/after its approval/)
})
