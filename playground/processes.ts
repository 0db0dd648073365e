import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { CHILD_ENV } from './child-env.ts'

export type Started = {
  /** What it printed that matched. */
  said: string
  /** Asks it to leave, and waits until it has. */
  stop(): Promise<void>
}

/** Starts a script of this folder; resolves when it prints a line that matches. */
export async function startProcess(
  script: string,
  args: string[],
  ready: RegExp,
): Promise<Started> {
  const path = new URL(script, import.meta.url).pathname
  const child = spawn(process.execPath, [path, ...args], {
    env: CHILD_ENV,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [found] = ready.exec(line) ?? []
    if (found) resolve(found)
  })
  child.once('exit', (code) => reject(new Error(`${script} ended with ${String(code)}`)))
  return {
    said: await promise,
    async stop() {
      child.kill('SIGTERM')
      await exited
    },
  }
}
