import { execFile } from 'node:child_process'
import { tmpdir } from 'node:os'
import { CHILD_ENV } from '../../playground/child-env.ts'

/** `npm run history` as a process of its own, with these words behind `--`. */
export function runHistory(
  env: Record<string, string>,
  ...args: string[]
): Promise<{ code: number; out: string; err: string }> {
  const script = new URL('../../src/history/history.ts', import.meta.url).pathname
  const { DATABASE_URL, DATA_DIR } = env
  const database = DATABASE_URL ? { DATABASE_URL } : { DATA_DIR: DATA_DIR ?? '' }
  return new Promise((resolve) => {
    // Not where somebody may keep a .env.
    const options = { env: { ...CHILD_ENV, ...database }, cwd: tmpdir() }
    execFile(process.execPath, [script, ...args], options, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err })
    })
  })
}
