import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Logger, pino } from 'pino'
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

function logged(): { log: Logger; lines: string[] } {
  const lines: string[] = []
  return { lines, log: pino({ base: null }, { write: (line: string) => lines.push(line) }) }
}
