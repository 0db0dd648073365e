import { expect, onTestFinished } from 'vitest'
import { createDts } from '../../src/dts/client.ts'
import type { Dts, DtsOptions } from '../../src/dts/client.ts'
import { fromValues } from '../../src/dts/credentials.ts'
import type { JobRef } from '../../src/dts/job.ts'
import { answer, answeringServer } from './answering-server.ts'

export const KEY = { secretId: 'AKIDEXAMPLE', secretKey: 'not-a-real-key', token: undefined }
export const PLACE = { account: 'default', region: 'ap-guangzhou' }
export const JOB: JobRef = { ...PLACE, id: 'dts-1kl0iy0v', apiVersion: '2018-03-30' }
export const JOB_2021: JobRef = { ...PLACE, id: 'dts-1ewjspuw', apiVersion: '2021-12-06' }
export const COMPARE = 'dts-1ewjspuw-cmp-bmuum7jk'

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

/** Every call that both versions know. */
function callsFor(job: JobRef): ((dts: Dts) => Promise<unknown>)[] {
  return [
    (dts) => dts.describeJob(job),
    (dts) => dts.describeJobs(PLACE, job.apiVersion, { offset: 0, limit: 100 }),
    (dts) => dts.startJob(job),
    (dts) => dts.describeCheck(job),
    (dts) => dts.createCheck(job),
    (dts) => dts.completeJob(job, 'immediately'),
    (dts) => dts.stopJob(job),
  ]
}

export const EVERY_CALL = callsFor(JOB)

/** What 2018-03-30 lacks. */
export const LATER_CALLS: ((dts: Dts, job: JobRef) => Promise<unknown>)[] = [
  (dts, job) => dts.skipCheckItems(job, ['OptimizeCheck', 'ConstraintCheck'], 'shield'),
  (dts, job) => dts.pauseJob(job),
  (dts, job) => dts.continueJob(job),
  (dts, job) => dts.resumeJob(job, 'normal'),
  (dts, job) => dts.createCompare(job, 'before the cut over'),
  (dts, job) => dts.startCompare(job, COMPARE),
  (dts, job) => dts.describeCompares(job, { offset: 0, limit: 100 }),
]

export const EVERY_CALL_2021: ((dts: Dts) => Promise<unknown>)[] = [
  ...callsFor(JOB_2021),
  ...LATER_CALLS.map((call) => (dts: Dts) => call(dts, JOB_2021)),
]
