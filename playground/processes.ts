import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { CHILD_ENV } from './child-env.ts'

const END_WITH_PARENT = import.meta.resolve('./end-with-parent.ts')

/**
 * Starts a script as a child process that ends with this one, however this one ends. `hear` gets
 * each line that it prints.
 */
export function startChild(
  script: string,
  args: string[],
  env: Record<string, string>,
  hear: (line: string) => void,
): ChildProcess {
  const child = fork(new URL(script, import.meta.url), args, {
    execArgv: ['--import', END_WITH_PARENT],
    env: { ...CHILD_ENV, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', hear)
  }
  return child
}

export type Started = {
  url: string
  /** Asks it to leave, and waits until it has. */
  stop(): Promise<void>
}

/** Starts one of the pretend services; resolves when it prints its address. */
export async function startService(script: string, args: string[]): Promise<Started> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const child = startChild(script, args, {}, (line) => {
    const [url] = /http:\S+/.exec(line) ?? []
    if (url) resolve(url)
    else console.error(line)
  })
  const exited = once(child, 'exit')
  child.once('exit', (code) => reject(new Error(`${script} ended with ${String(code)}`)))
  return {
    url: await promise,
    async stop() {
      child.kill('SIGTERM')
      await exited
    },
  }
}
