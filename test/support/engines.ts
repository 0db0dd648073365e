import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Store, type StoreOptions, openStore } from '../../src/store/store.ts'
import { testDatabase } from './postgres.ts'

/** The two engines, each as a way to get an empty place for a store, for the length of a test. */
export const engines = [
  { engine: 'sqlite', place: sqlitePlace },
  { engine: 'postgres', place: postgresPlace },
] as const

/** Where a store lives, and what it logged there. */
export type Place = StoreOptions & { lines: string[] }

/** A folder that is removed when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dts-test-store-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

async function sqlitePlace(): Promise<Place> {
  return { databaseUrl: undefined, dataDir: await temporaryFolder(), ...logged() }
}

async function postgresPlace(): Promise<Place> {
  const database = await testDatabase()
  onTestFinished(() => database.drop())
  return { databaseUrl: database.url, dataDir: '', ...logged() }
}

/** A store that is closed when the test ends. */
export async function open(place: StoreOptions): Promise<Store> {
  const store = await openStore(place)
  onTestFinished(() => store.close())
  return store
}

function logged(): Pick<Place, 'log' | 'lines'> {
  const lines: string[] = []
  const write = (facts: object, message: string) => {
    const { err } = { err: undefined, ...facts }
    lines.push(`${message} ${JSON.stringify(facts)} ${String(err ?? '')}`)
  }
  return { lines, log: { info: write, warn: write, error: write } }
}
