import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'
import { CHILD_ENV } from '../../playground/child-env.ts'

/** The bot as a process of its own. */
export type BotProcess = {
  /** Resolves when it listens to Slack; rejects when it ends before. */
  up: Promise<void>
  /** Resolves when it is gone, for whatever reason. */
  gone: Promise<unknown>
  alive(): boolean
  /** What it wrote to its standard error so far. */
  errors(): string
  /** The end of what it logged so far. */
  logged(): string
  /** SIGSTOP. */
  pause(): void
  /** Has crashing-bot.ts, once it is up, pause itself when it starts a job. */
  stopAtStart(): void
  isPaused(): Promise<boolean>
  /** Lets a stopped process go on. */
  resume(): void
  kill(): Promise<void>
  /** Sends SIGTERM; resolves with its exit code. */
  stop(): Promise<number | null>
}

const MAIN = '../../src/start.js'

/**
 * Room for 32 KiB in each file: for the index that SQLite shares with readers, and for less than it writes
 * at once. A write beyond it fails without ending the process.
 */
export const NO_ROOM = ['sh', '-c', 'trap "" XFSZ; ulimit -f 64; exec "$@"', 'sh']

/** `script` is relative to this folder; `through` is a command that runs the one behind it. */
export function startBotProcess(
  env: Record<string, string>,
  script = MAIN,
  through: string[] = [],
): BotProcess {
  const path = new URL(script, import.meta.url).pathname
  const [command, ...rest] = through
  const [file, args] = command
    ? [command, [...rest, process.execPath, path]]
    : [process.execPath, [path]]
  const child = spawn(file, args, {
    env: { ...CHILD_ENV, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const gone = once(child, 'exit')
  let said = ''
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')))
  const up = new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      const heard = said + chunk.toString('utf8')
      if (heard.includes('bot started')) resolve()
      said = heard.slice(-4_000)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', (code) => reject(new Error(`the bot ended with ${code}: ${said}`)))
  })
  up.catch(() => {})
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal)
    await gone
  }
  return {
    up,
    gone,
    errors: () => errors,
    logged: () => said,
    pause: () => void child.kill('SIGSTOP'),
    stopAtStart: () => void child.kill('SIGUSR2'),
    isPaused: () => isPaused(child.pid),
    resume: () => void child.kill('SIGCONT'),
    alive: () => child.exitCode === null && child.signalCode === null,
    kill: () => end('SIGKILL'),
    async stop() {
      await end('SIGTERM')
      return child.exitCode
    },
  }
}

async function isPaused(pid = 0): Promise<boolean> {
  const state = await promisify(execFile)('ps', ['-o', 'stat=', '-p', `${pid}`]).catch(
    () => undefined,
  )
  return state?.stdout.startsWith('T') ?? false
}
