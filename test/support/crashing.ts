import { expect } from 'vitest'
import type { Delivery } from '../../playground/workspace/records.ts'
import { spawnBot } from './world.ts'

/** A bot that kills itself at `crash`, and its successor. */
export async function startCrashing(env: Record<string, string>, crash: string) {
  const script = './crashing-bot.ts'
  const first = await spawnBot({ ...env, CRASH_AT: crash }, script)
  const second = first.gone.then(() => spawnBot(env, script))
  return {
    second,
    /** Does it once more, as people do, where Slack reported it as failed. */
    insist: async (act: () => Promise<Delivery>): Promise<void> => {
      if ((await act()).ok) return
      await second
      expect(await act()).toMatchObject({ ok: true })
    },
  }
}
