import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

const running: ChildProcess[] = []

/** Starts a script of this folder; resolves with what it prints that matches. */
export async function startProcess(
  script: string,
  args: string[],
  env: Record<string, string>,
  ready: RegExp,
): Promise<string> {
  const path = new URL(script, import.meta.url).pathname
  const child = spawn(process.execPath, [path, ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.push(child)
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [found] = ready.exec(line) ?? []
    if (found) resolve(found)
  })
  child.once('exit', (code) => reject(new Error(`${script} ended with ${String(code)}`)))
  return promise
}

/** Asks every process to leave, and waits until it has. */
export async function stopAll(): Promise<void> {
  const alive = running.filter(({ exitCode, signalCode }) => exitCode === null && !signalCode)
  const gone = alive.map((child) => once(child, 'exit'))
  for (const child of alive.reverse()) child.kill('SIGTERM')
  await Promise.all(gone)
}
