import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { PREFIX, removeServer, sweep } from './postgres-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of this run's PostgreSQL server, which the first test that needs it starts. */
    postgresFolder: string
  }
}

let folder: string

export async function setup(project: TestProject): Promise<void> {
  await sweep()
  folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`))
  project.provide('postgresFolder', folder)
}

export async function teardown(): Promise<void> {
  await removeServer(folder)
}
