import { expect, test } from 'vitest'
import { runCampaign } from '../chaos/campaign.ts'

/* A short campaign; `npm run test:chaos` runs long ones. See docs/reliability.md. */

test.concurrent.each([
  { engine: 'sqlite', bots: 1 },
  { engine: 'postgres', bots: 3 },
] as const)(
  '20 kills and 3 pauses at random while everything breaks: no promise is broken ($engine)',
  { timeout: 300_000 },
  async (way) => {
    const verdict = await runCampaign({ ...way, kills: 20, pauses: 3, longest: 3_000, seed: 20 })
    expect(verdict).toMatchObject({ faults: [], twice: [] })
    expect(verdict.happened.pauses).toBeGreaterThanOrEqual(3)
    expect(verdict.requests).toBeGreaterThan(0)
    const { start, ...others } = verdict.operations
    expect(start.effects).toBeGreaterThan(0)
    expect(Object.values(others).some(({ effects }) => effects > 0)).toBe(true)
  },
)
