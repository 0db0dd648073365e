import { mkdir, readFile, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../support/engines.ts'
import { spawnBot, startPretendWorld, startsSent } from '../support/world.ts'

/* The bot runs with no more rights than the ExecStart line of docs/setup.md gives it. */

const JOB = 'dts-1kl0iy0v'
const WAYS = [
  { mode: 'socket', engine: 'sqlite' },
  { mode: 'http', engine: 'postgres' },
] as const

/** The flags as documented, for the folders of this test. */
async function flags(folders: Record<string, string>): Promise<string[]> {
  const [, line = ''] =
    /^ExecStart=(.* --permission .*)$/m.exec(await readFile('docs/setup.md', 'utf8')) ?? []
  return line.split(' ').flatMap((flag) => {
    const [name = '', folder] = flag.split('=')
    if (!name.startsWith('--')) return []
    if (!folder) return [name]
    return folders[folder] ? [`${name}=${folders[folder]}`] : []
  })
}

/** What somebody would try who got hold of the process. Says what came of it. */
function attempts(elsewhere: string): string {
  const script = `
    import { spawnSync } from 'node:child_process'
    import { readFileSync, writeFileSync } from 'node:fs'
    import { Worker } from 'node:worker_threads'
    const tried = [
      () => writeFileSync(${JSON.stringify(join(elsewhere, 'new'))}, ''),
      () => readFileSync('/etc/passwd'),
      () => spawnSync('true'),
      () => new Worker('', { eval: true }),
      () => process.dlopen({ exports: {} }, '/lib/none.node'),
    ].map((attempt) => { try { attempt(); return 'done' } catch (error) { return error.code } })
    console.log('tried', tried.join(' '))`
  return `data:text/javascript,${encodeURIComponent(script)}`
}

test.each(WAYS)(
  '$engine: it works, and everything else is refused',
  { timeout: 60_000 },
  async (way) => {
    const world = await startPretendWorld(way)
    const elsewhere = await temporaryFolder()
    const cache = join(await temporaryFolder(), 'cache')
    await mkdir(cache)
    const given = await flags({
      '/opt/dts-migrations-bot': resolve('.'),
      '/var/cache/dts-bot': cache,
      ...(world.env['DATA_DIR'] ? { '/var/lib/dts-bot': world.env['DATA_DIR'] } : {}),
    })
    const env = {
      ...world.env,
      NODE_COMPILE_CACHE: cache,
      NODE_OPTIONS: [...given, `--import=${attempts(elsewhere)}`].join(' '),
    }
    const first = await spawnBot(env)
    expect(first.logged()).toMatch(/^tried (ERR_ACCESS_DENIED ){4}ERR_DLOPEN_DISABLED$/m)
    world.dts.addJob({ id: JOB, migrateType: 2, durationMs: 60_000 })
    const card = await world.ask(JOB)
    await world.cardSays(/\[Approve\]/)
    expect(await first.stop()).toBe(0)

    const second = await spawnBot(env)
    await world.bo.approves(card)
    await world.threadSays(/DTS accepted the start/)
    expect(startsSent(world.dts, JOB)).toBe(1)
    expect(await second.stop()).toBe(0)
    expect(await readdir(elsewhere)).toEqual([])
    expect(await readdir(cache)).not.toEqual([])
  },
)
