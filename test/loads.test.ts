import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from './support/engines.ts'
import { WAYS, type Way, spawnBot, startPretendWorld } from './support/world.ts'

/* What a bot does not use it does not load. */

const JOB = 'dts-1kl0iy0v'

const PARTS = {
  pg: /\/node_modules\/pg\//,
  'pg-boss': /\/node_modules\/pg-boss\//,
  'the store on PostgreSQL': /\/src\/store\/(queue-)?postgres\.ts$/,
  'the store on SQLite': /\/src\/store\/(queue-)?sqlite\.ts$/,
  'Socket Mode': /\/src\/slack\/sockets\.ts$/,
  HTTP: /\/src\/slack\/http\.ts$/,
  'the client of Socket Mode': /\/node_modules\/@slack\/socket-mode\//,
  Express: /\/node_modules\/express\//,
  OAuth: /\/node_modules\/@slack\/oauth\//,
}
type Part = keyof typeof PARTS

const USED: Record<Way['engine'] | Way['mode'], Part[]> = {
  sqlite: ['the store on SQLite'],
  postgres: ['pg', 'pg-boss', 'the store on PostgreSQL'],
  socket: ['Socket Mode', 'the client of Socket Mode'],
  http: ['HTTP'],
}

test.each(WAYS)('a bot that works with $mode and $engine loads nothing else', async (way) => {
  const { env, approve, cardSays, dts } = await startPretendWorld(way)
  const LOADS = join(await temporaryFolder(), 'loads')
  const hook = new URL('./support/record-loads.ts', import.meta.url)
  const bot = await spawnBot({ ...env, LOADS, NODE_OPTIONS: `--import=${hook.href}` })
  dts.addJob({ id: JOB })
  await approve(JOB)
  await cardSays(/Running/)
  expect(await bot.stop()).toBe(0)

  const urls = readFileSync(LOADS, 'utf8').split('\n')
  const loaded = (Object.keys(PARTS) as Part[]).filter((part) =>
    urls.some((url) => PARTS[part].test(url)),
  )
  expect(loaded.toSorted()).toEqual([...USED[way.engine], ...USED[way.mode]].toSorted())
})
