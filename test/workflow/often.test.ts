import { expect, test } from 'vitest'
import { lookEvery } from '../../src/workflow/watch/often.ts'

const MINUTE = 60_000
const NOW = 1_000 * MINUTE
const USUAL = {
  isDelicate: false,
  status: 'running',
  begunAt: NOW - 60 * MINUTE,
  movedAt: NOW - MINUTE,
  statusSince: NOW - 60 * MINUTE,
  expectedAt: Number.NaN,
} as const

test.each([
  ['a job that runs', {}, 5_000],
  ['whose outcome is unknown', { isDelicate: true }, 2_500],
  ['that DTS completes', { status: 'completing' }, 2_500],
  ['that became ready', { status: 'readyComplete', statusSince: NOW - MINUTE }, 2_500],
  ['that was ready long ago', { status: 'readyComplete' }, 5_000],
  ['after an operation', { begunAt: NOW - MINUTE }, 2_500],
  ['that is expected to be through', { expectedAt: NOW + 2 * MINUTE }, 2_500],
  ['that has a long way to go', { expectedAt: NOW + 20 * MINUTE }, 5_000],
  ['that has not moved for long', { movedAt: NOW - 40 * MINUTE }, 20_000],
  ['that never moved', { movedAt: Number.NaN }, 5_000],
] as const)('how often is looked at a job %s', (_, change, every) => {
  expect(lookEvery({ ...USUAL, ...change }, NOW, 5_000)).toBe(every)
})

test('a job that does not move is looked at each minute all the same', () => {
  const resting = { ...USUAL, movedAt: NOW - 40 * MINUTE }
  expect(lookEvery(resting, NOW, 30_000)).toBe(MINUTE)
  expect(lookEvery(resting, NOW, 90_000)).toBe(90_000)
})
