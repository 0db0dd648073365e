import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { onTestFinished } from 'vitest'
import { temporaryFolder } from './engines.ts'

const run = promisify(execFile)

/** Whether this user may mount a file system: root on Linux, where containers let it. */
export async function mayMount(): Promise<boolean> {
  const tried = run('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'none', '/mnt'])
  return tried.then(
    () => true,
    () => false,
  )
}

/** An empty folder in memory that holds as much as `size` says (`8m`), for the length of a test. */
export async function smallDisk(size: string): Promise<string> {
  const folder = await temporaryFolder()
  await run('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'none', folder])
  onTestFinished(async () => void (await run('umount', [folder])))
  return folder
}
