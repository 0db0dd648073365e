import { expect, onTestFinished } from 'vitest'
import { createDts } from '../../src/dts/client.ts'
import type { Dts, DtsOptions } from '../../src/dts/client.ts'
import { fromValues } from '../../src/dts/credentials.ts'
import type { JobRef } from '../../src/dts/job.ts'
import { answer, answeringServer } from './answering-server.ts'

export const KEY = { secretId: 'AKIDEXAMPLE', secretKey: 'not-a-real-key', token: undefined }
export const PLACE = { account: 'default', region: 'ap-guangzhou' }
export const JOB: JobRef = { ...PLACE, id: 'dts-1kl0iy0v', apiVersion: '2018-03-30' }

/** A client of the server at `endpoint`, closed when the test ends. */
export function openDts(endpoint: string, options: Partial<DtsOptions> = {}): Dts {
  const dts = createDts({
    endpoint,
    versions: ['2018-03-30'],
    credentials: fromValues(KEY),
    digestKey: 'not-a-real-key',
    ...options,
  })
  onTestFinished(() => dts.close())
  return dts
}

/** A server that gives every request the same answer. */
export async function serverSaying(content: unknown, status?: number) {
  return answeringServer((response) => answer(response, content, status))
}

/** The error that a call rejects with. */
export async function failure(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    (value) => expect.fail(`resolved with ${JSON.stringify(value)}`),
    (error: unknown) => error,
  )
}

/** Everything of a value that a log or a message could show. */
export function shown(value: unknown): string {
  if (!(value instanceof Error)) return JSON.stringify(value) ?? ''
  return `${value.stack} ${String(value.cause)} ${JSON.stringify(value)} ${JSON.stringify(Object.values(value))}`
}

export const EVERY_CALL: ((dts: Dts) => Promise<unknown>)[] = [
  (dts) => dts.describeJob(JOB),
  (dts) => dts.describeJobs(PLACE, '2018-03-30', { offset: 0, limit: 100 }),
  (dts) => dts.startJob(JOB),
  (dts) => dts.describeCheck(JOB),
  (dts) => dts.createCheck(JOB),
  (dts) => dts.completeJob(JOB, 'immediately'),
  (dts) => dts.stopJob(JOB),
]
