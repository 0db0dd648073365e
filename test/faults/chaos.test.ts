import { expect, test } from 'vitest'
import { fight } from '../chaos/campaign.ts'

/* A small campaign; `npm run test:chaos` fights long ones. See docs/reliability.md. */

test.concurrent.each([
  { engine: 'sqlite', bots: 1 },
  { engine: 'postgres', bots: 3 },
] as const)(
  'killed 20 times at random while everything breaks: no promise is ($engine)',
  { timeout: 300_000 },
  async (way) => {
    const verdict = await fight({ ...way, kills: 20, seed: 20 })
    expect(verdict).toMatchObject({ faults: [], twice: [] })
    expect(verdict.asks).toBeGreaterThan(0)
    expect(verdict.starts).toBeGreaterThan(0)
  },
)
