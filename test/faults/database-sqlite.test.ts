import { execFile } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { chmod, mkdir, rm, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { openStore } from '../../src/store/store.ts'
import { NO_ROOM } from '../support/bot-process.ts'
import { engines, open, temporaryFolder } from '../support/engines.ts'
import { mayMount, smallDisk } from '../support/small-disk.ts'
import { sampleMigration } from '../support/sample-migration.ts'
import { BO, spawnBot, startWorld, startPretendWorld, startsSent } from '../support/world.ts'

/*
 * Something is wrong with the SQLite file or its disk. A second bot, another kind of file and a newer
 * schema: test/store/open.test.ts and test/store/kill.test.ts.
 */

const JOB = 'dts-1kl0iy0v'
const WAY = { mode: 'socket', engine: 'sqlite' } as const

test(
  'no room (ulimit): the person gets an incident id, and nothing is lost',
  { timeout: 120_000 },
  async () => {
    const { env, ask, slack, dts, privately, threadSays, card } = await startPretendWorld(WAY)
    dts.addJob({ id: JOB })
    const before = await spawnBot(env)
    const waiting = await ask(JOB)
    await slack.waitFor(() => text(card()).includes('[Approve]'), 'the card')
    expect(await before.stop()).toBe(0)

    const full = await spawnBot(env, undefined, NO_ROOM)
    expect((await slack.people.click(BO, waiting, 'dts_approve')).ok).toBe(true)
    await privately(BO, /That did not work, and it is not your fault[\s\S]*incident id/)
    expect(text(card())).toMatch(/Waiting for approval/)
    expect(await full.stop()).toBe(0)

    await spawnBot(env)
    expect((await slack.people.click(BO, waiting, 'dts_approve')).ok).toBe(true)
    await threadSays(/DTS accepted the start/)
    expect(startsSent(dts, JOB)).toBe(1)
  },
)

/** Only root can mount a disk; everybody can run the test above. */
test.each((await mayMount()) ? ['a disk of 8 MB'] : [])(
  'no room (%s): the bot goes on once there is room, and sends one start',
  { timeout: 60_000 },
  async () => {
    const folder = await smallDisk('8m')
    const world = await startWorld(WAY, { env: { DATA_DIR: folder } })
    const { dts, slack } = world
    dts.addJob({ id: JOB, migrateType: 2, durationMs: 60_000 })
    const card = await world.ask(JOB)
    await slack.waitFor(() => text(world.card()).includes('[Approve]'), 'the card')
    fill(folder)
    expect((await slack.people.click(BO, card, 'dts_approve')).ok).toBe(true)
    await world.privately(BO, /That did not work, and it is not your fault[\s\S]*incident id/)
    expect(text(world.card())).toMatch(/Waiting for approval/)

    await rm(join(folder, 'ballast'))
    dts.fault({ kind: 'delay', ms: 2_000, after: true, action: 'StartMigrateJob' })
    expect((await slack.people.click(BO, card, 'dts_approve')).ok).toBe(true)
    await expect.poll(() => startsSent(dts, JOB)).toBe(1)
    fill(folder)
    const failed = () => world.logs.filter((line) => line.includes('"queue":"send"')).length
    await expect.poll(failed).toBeGreaterThanOrEqual(2)
    await rm(join(folder, 'ballast'))
    await world.threadSays(/Outcome unknown[\s\S]*could not save it/)
    await world.threadSays(/It did start/)
    dts.skip(200_000)
    await world.cardSays(/✅ Done/)
    expect(startsSent(dts, JOB)).toBe(1)
  },
)

/** Fills the disk. */
function fill(folder: string): void {
  const block = Buffer.alloc(4096)
  try {
    for (;;) appendFileSync(join(folder, 'ballast'), block)
  } catch (error) {
    expect(error).toMatchObject({ code: 'ENOSPC' })
  }
}

test(
  'no room for a new file: the bot does not start, and names the file',
  { timeout: 60_000 },
  async () => {
    const { env } = await startPretendWorld(WAY)
    await expect(spawnBot(env, undefined, NO_ROOM)).rejects.toThrow(
      /the bot ended with 1: \S*dts\.sqlite cannot be read or written. The disk may be full/,
    )
  },
)

test('a truncated file is reported as damaged, whatever its length', async () => {
  const where = await engines[0].place()
  const store = await open(where)
  for (let n = 0; n < 50; n++) {
    const m = sampleMigration()
    await store.transact((tx) => tx.insert(m, m.id, '2030-01-01T00:00:00.000Z'))
  }
  await store.close()
  const file = join(where.dataDir, 'dts.sqlite')
  const { size } = await stat(file)
  for (const left of [size - 4096, size - 1000, size / 2, 4096, 2000, 100]) {
    await truncate(file, left)
    await expect(openStore(where)).rejects.toThrow(
      /dts\.sqlite (is damaged\. Restore it|is not a SQLite database)/,
    )
    expect((await stat(file)).size).toBe(left)
  }
})

test('a file or a folder without write permission is named', { timeout: 60_000 }, async () => {
  const where = await engines[0].place()
  await (await open(where)).close()
  await chmod(where.dataDir, 0o755)
  const file = join(where.dataDir, 'dts.sqlite')
  await chmod(file, 0o444)
  const lock = join(where.dataDir, 'dts.lock')
  await chmod(lock, 0o444)
  expect(await openPowerless(where.dataDir)).toMatch(/dts\.lock cannot be written\. Set DATA_DIR/)
  await chmod(lock, 0o666)
  expect(await openPowerless(where.dataDir)).toMatch(/dts\.sqlite cannot be written\. Set DATA_DIR/)
  const parent = await temporaryFolder()
  await mkdir(join(parent, 'data'))
  for (const folder of [join(parent, 'data'), parent]) await chmod(folder, 0o555)
  expect(await openPowerless(join(parent, 'data'))).toMatch(
    /dts\.sqlite cannot be opened\. Set DATA_DIR/,
  )
  expect(await openPowerless(join(parent, 'new'))).toMatch(
    /The folder \S*new cannot be created \(EACCES\)\. Set DATA_DIR/,
  )
  await chmod(parent, 0o755)
})

async function openPowerless(dataDir: string): Promise<string> {
  const script = new URL('../support/powerless-open.ts', import.meta.url).pathname
  return (await promisify(execFile)(process.execPath, [script, dataDir])).stdout
}
