import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { Bot } from './page/world.ts'
import { startChild } from './processes.ts'

/** The bot, as a process that can be killed and started again. */
export type BotProcess = {
  state(): Bot
  /** Resolves when it is up; rejects with a sentence when it ends before. */
  start(): Promise<void>
  /** `kill -9`: no goodbye. */
  kill(): Promise<void>
  /** Lets it finish. */
  stop(): Promise<void>
  onChange(listen: () => void): void
}

const LINES = 50

export function createBot(env: Record<string, string>): BotProcess {
  let child: ChildProcess | undefined
  const bot: Bot = { up: false, since: Date.now(), starts: 0, kills: 0, log: [] }
  const listeners: (() => void)[] = []
  const changed = (what: Partial<Bot>): void => {
    Object.assign(bot, what)
    for (const listen of listeners) listen()
  }
  const say = (line: string): void => changed({ log: [...bot.log, line].slice(-LINES) })

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (!child) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }

  return {
    state: () => bot,
    async start() {
      if (child) throw new Error('The bot is running already.')
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const born = startChild('../src/start.js', [], env, (line) => {
        say(line)
        if (!line.includes('bot started')) return
        changed({ up: true, since: Date.now(), starts: bot.starts + 1, ...idOf(born) })
        resolve()
      })
      child = born
      born.once('exit', (code, signal) => {
        child = undefined
        changed({ up: false, since: Date.now() })
        say(`the process ended: ${signal ?? `code ${code}`}`)
        reject(new Error(`The bot ended before it was up: ${bot.log.slice(-3).join(' ')}`))
      })
      return promise
    },
    async kill() {
      if (!child) throw new Error('The bot is not running.')
      changed({ kills: bot.kills + 1 })
      await end('SIGKILL')
    },
    stop: () => end('SIGTERM'),
    onChange: (listen) => void listeners.push(listen),
  }
}

function idOf({ pid }: ChildProcess): Pick<Bot, 'pid'> {
  return pid === undefined ? {} : { pid }
}
