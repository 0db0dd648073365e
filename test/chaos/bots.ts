import { setTimeout as sleep } from 'node:timers/promises'
import { type BotProcess, startBotProcess } from '../support/bot-process.ts'

/** Bot processes; one that ends is started again, whatever ended it. */
export type Bots = {
  /** Which there are. */
  readonly all: number[]
  /** How many bots were killed that were alive. */
  readonly kills: number
  /** SIGKILL, whatever it is doing, also while it starts or is paused. Returns whether it was alive. */
  kill(which: number): boolean
  /** No kill hits it until the returned function is called. */
  spare(which: number): () => void
  /**
   * Stops it by SIGSTOP for so many milliseconds, unless it is killed before: right now or, `aimed`,
   * when it starts a job, if it does so soon. Resolves when it has gone on, with whether it was paused.
   */
  pause(which: number, ms: number, aimed: boolean): Promise<boolean>
  isAlive(which: number): boolean
  /** Resolves when the present process of this one is gone. */
  gone(which: number): Promise<unknown>
  /** Resolves when this one is up. */
  up(which: number): Promise<void>
  /** Resolves when all of them are. */
  allUp(): Promise<void>
  stop(): Promise<void>
}

type Slot = { bot: BotProcess; isSpared: boolean; again: Promise<void> }

/** One bot for each environment. */
export function keepBots(envs: Record<string, string>[]): Bots {
  let kills = 0
  let stopped = false
  const slots = envs.map((env) => {
    const slot = { bot: begin(env), isSpared: false, again: Promise.resolve() }
    slot.again = keep(slot, env)
    return slot
  })

  async function keep(slot: Slot, env: Record<string, string>): Promise<void> {
    for (;;) {
      await slot.bot.gone
      if (stopped) return
      // Otherwise a bot that cannot start, because the database is down, would be a busy loop.
      await sleep(100)
      slot.bot = begin(env)
    }
  }

  function at(which: number): Slot {
    const slot = slots[which]
    if (!slot) throw new Error(`no bot ${which}`)
    return slot
  }

  return {
    all: envs.map((_, which) => which),
    get kills() {
      return kills
    },
    kill(which) {
      const { bot, isSpared } = at(which)
      if (isSpared || !bot.alive()) return false
      kills += 1
      void bot.kill()
      return true
    },
    spare(which) {
      at(which).isSpared = true
      return () => void (at(which).isSpared = false)
    },
    pause: (which, ms, aimed) => pause(at(which).bot, ms, aimed),
    isAlive: (which) => at(which).bot.alive(),
    gone: (which) => at(which).bot.gone,
    up: (which) => up(at(which)),
    async allUp() {
      for (const slot of slots) await up(slot)
    },
    async stop() {
      stopped = true
      for (const { bot } of slots) bot.resume()
      await Promise.all(slots.map(({ bot }) => bot.stop()))
      await Promise.all(slots.map(({ again }) => again))
    },
  }
}

function begin(env: Record<string, string>): BotProcess {
  return startBotProcess(env, './crashing-bot.ts')
}

async function pause(bot: BotProcess, ms: number, aimed: boolean): Promise<boolean> {
  if (!bot.alive()) return false
  if (aimed) {
    bot.stopAtStart()
    await standsStill(bot, 5_000)
  }
  bot.pause()
  const isPaused = await standsStill(bot, 1_000)
  if (isPaused) await Promise.race([bot.gone, sleep(ms, undefined, { ref: false })])
  // It may have stopped itself in this very moment.
  do {
    bot.resume()
    await sleep(200)
  } while (await bot.isPaused())
  return isPaused
}

/** Waits for so many milliseconds at most. */
async function standsStill(bot: BotProcess, ms: number): Promise<boolean> {
  for (const until = Date.now() + ms; bot.alive() && Date.now() < until; await sleep(200)) {
    if (await bot.isPaused()) return true
  }
  return false
}

async function up(slot: Slot): Promise<void> {
  while (!(await isUp(slot.bot))) await sleep(100)
}

function isUp(bot: BotProcess): Promise<boolean> {
  return bot.up.then(
    () => true,
    () => false,
  )
}
