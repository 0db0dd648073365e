import { setTimeout as sleep } from 'node:timers/promises'
import { type BotProcess, startBotProcess } from '../support/bot-process.ts'

/** Bot processes; one that ends is started again, whatever ended it. */
export type Bots = {
  /** How many bots were killed that were alive. */
  readonly kills: number
  /** SIGKILL, whatever it is doing, also while it starts. */
  kill(which: number): void
  /** Resolves when this one is up. */
  up(which: number): Promise<void>
  /** Resolves when all of them are. */
  allUp(): Promise<void>
  stop(): Promise<void>
}

export function keepBots(env: Record<string, string>, count: number): Bots {
  let kills = 0
  let stopped = false
  const slots = Array.from({ length: count }, () => ({ bot: begin(), again: Promise.resolve() }))

  function begin(): BotProcess {
    return startBotProcess(env, './crashing-bot.ts')
  }

  for (const slot of slots) {
    slot.again = (async () => {
      for (;;) {
        await slot.bot.gone
        if (stopped) return
        // Otherwise a bot that cannot start, because the database is down, would be a busy loop.
        await sleep(100)
        slot.bot = begin()
      }
    })()
  }

  return {
    get kills() {
      return kills
    },
    kill(which) {
      const slot = slots[which % count]
      if (!slot?.bot.alive()) return
      kills += 1
      void slot.bot.kill()
    },
    up: (which) => up(slots[which % count]),
    async allUp() {
      for (const slot of slots) await up(slot)
    },
    async stop() {
      stopped = true
      await Promise.all(slots.map(({ bot }) => bot.stop()))
      await Promise.all(slots.map(({ again }) => again))
    },
  }
}

async function up(slot: { bot: BotProcess } | undefined): Promise<void> {
  while (slot && !(await isUp(slot.bot))) await sleep(100)
}

function isUp(bot: BotProcess): Promise<boolean> {
  return bot.up.then(
    () => true,
    () => false,
  )
}
