import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, vi } from 'vitest'
import type { Place } from './engines.ts'

/** store-child.ts as a process of its own, for the length of a test. */
export function startStoreChild({ databaseUrl = '', dataDir }: Place): {
  child: ChildProcess
  line: (expected: string) => Promise<void>
} {
  const script = new URL('./store-child.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [script, databaseUrl, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const lines: string[] = []
  createInterface({ input: child.stdout }).on('line', (text) => lines.push(text))
  return {
    child,
    line: async (expected) => {
      await vi.waitFor(() => expect(lines).toContain(expected), { timeout: 20_000 })
    },
  }
}
