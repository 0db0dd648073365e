import { expect, test } from 'vitest'
import type { FaultInput } from '../../playground/dts/faults.ts'
import type { PretendDts } from '../../playground/dts/pretend-dts.ts'
import { startDts } from '../../playground/dts/server.ts'
import { attempt, codeOf, credential, send, start } from './dts-client.ts'

/* Calls of the pretend DTS that fail on purpose, and how people and tests steer it. */

const START = 'StartMigrateJob'
const json = async (response: Response): Promise<unknown> => JSON.parse(await response.text())

async function withFault(fault: FaultInput) {
  const dts = await start({ id: 'dts-fault' })
  dts.fault(fault)
  const starting = { action: START, body: '{"JobId":"dts-fault"}' }
  const begin = (signal?: AbortSignal) => send(dts, { ...starting, ...(signal && { signal }) })
  return { dts, begin, starts: () => dts.starts('dts-fault') }
}

test('an error on demand, with the documented or any message', async () => {
  const { dts, begin, starts } = await withFault({ kind: 'error', code: 'InternalError.LockError' })
  const error = (Code: string, Message: string) => ({ Response: { Error: { Code, Message } } })
  const locked = error('InternalError.LockError', 'Locks are in conflict.')
  expect(await json(await begin())).toMatchObject(locked)
  expect(starts()).toBe(0)
  const entry = { outcome: 'InternalError.LockError', effective: false }
  expect(dts.requests.at(-1)).toMatchObject(entry)

  dts.fault({ kind: 'error', code: 'New.Code', message: 'Never seen.', after: true })
  expect(await json(await begin())).toMatchObject(error('New.Code', 'Never seen.'))
  expect(starts()).toBe(1)
  expect(dts.requests.at(-1)).toMatchObject({ outcome: 'New.Code', effective: true })
})

test.for<['timeoutBefore' | 'timeoutAfter', number]>([
  ['timeoutBefore', 0],
  ['timeoutAfter', 1],
])('%s: no answer until the caller gives up', async ([kind, effects]) => {
  const { dts, begin, starts } = await withFault({ kind })
  const patience = new AbortController()
  const answer = begin(patience.signal)
  await expect.poll(() => dts.requests.at(-1)?.outcome).toBe(kind)
  patience.abort()
  await expect(answer).rejects.toMatchObject({ name: 'AbortError' })
  expect(starts()).toBe(effects)
})

test.for<['resetBefore' | 'resetAfter', number]>([
  ['resetBefore', 0],
  ['resetAfter', 1],
])('%s: the connection breaks', async ([kind, effects]) => {
  const { begin, starts } = await withFault({ kind })
  await expect(begin()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
  expect(starts()).toBe(effects)
})

test.for<[FaultInput, number, RegExp]>([
  [{ kind: 'status', status: 502 }, 502, /<html>/],
  [{ kind: 'html200' }, 200, /<html>/],
  [{ kind: 'empty' }, 200, /^$/],
  [{ kind: 'truncated' }, 200, /^\{"Response":\{"Req[^}]*$/],
  [{ kind: 'wrongTypes' }, 200, /^\{"Response":\{"RequestId":17\}\}$/],
  [{ kind: 'huge', bytes: 3_000_000 }, 200, /^\{"Padding":"x{3000000}/],
])('%j spoils the answer, whether or not the call takes effect', async ([fault, status, says]) => {
  for (const after of [false, true]) {
    const { begin, starts } = await withFault({ ...fault, after } as FaultInput)
    const response = await begin()
    expect(response.status).toBe(status)
    expect(await response.text()).toMatch(says)
    expect(starts()).toBe(after ? 1 : 0)
  }
})

test.for<FaultInput>([
  { kind: 'slowDrip', ms: 50 },
  { kind: 'delay', ms: 50 },
  { kind: 'delay', ms: 50, after: true },
])('a slow answer is complete: %j', async (fault) => {
  const { dts, begin, starts } = await withFault(fault)
  expect(await json(await begin())).toEqual({ Response: { RequestId: expect.any(String) } })
  expect(starts()).toBe(1)
  expect(dts.requests.at(-1)).toMatchObject({ outcome: 'ok', effective: true })
})

test('a fault affects only the calls it names', async () => {
  const dts = await start({ id: 'dts-one', status: 1 }, { id: 'dts-two', status: 1 })
  const check = (id: string) => attempt(dts, 'DescribeMigrateCheckJob', id)
  const fault = { kind: 'error', code: 'InternalError', times: 2 } as const
  dts.fault({ ...fault, action: 'DescribeMigrateCheckJob', jobId: 'dts-one' })
  expect(await attempt(dts, 'DescribeMigrateJobs', 'dts-one')).toBe('ok')
  expect(await check('dts-two')).toBe('ok')
  expect(await codeOf(dts, { secretKey: 'bad' })).toBe('AuthFailure.SignatureFailure')
  const codes = [await check('dts-one'), await check('dts-one'), await check('dts-one')]
  expect(codes).toEqual(['InternalError', 'InternalError', 'ok'])
  dts.fault(fault)
  dts.clearFaults()
  expect(await check('dts-one')).toBe('ok')
})

test('closing does not wait for connections that are held or delayed', async () => {
  const dts = await startDts({ credentials: [credential] })
  dts.fault({ kind: 'timeoutBefore' })
  dts.fault({ kind: 'delay', ms: 600_000 })
  const calls = [send(dts), send(dts)].map((one) => expect(one).rejects.toThrow('fetch failed'))
  await expect.poll(() => dts.requests.length).toBe(2)
  await dts.close()
  await Promise.all(calls)
  await expect(fetch(dts.url)).rejects.toThrow()
})

test('wrong settings are refused in-process', async () => {
  const dts = await start({ id: 'dts-there' })
  expect(() => dts.addJob({ id: 'dts-there' })).toThrow('there is already a job dts-there')
  expect(() => dts.addJob({ id: 'Job 1' })).toThrow('id: ')
  expect(() => dts.addJob({ expectTime: '2026-02-30 00:00:00' })).toThrow('expectTime: ')
  expect(() => dts.addJob({ status: 8, migrateType: 2 })).toThrow('migrateType 3')
  const late = { at: 1.1, code: 'X', message: 'y' }
  expect(() => dts.addJob({ migrateType: 2, fails: late })).toThrow('fails.at: only a job')
  expect(() => dts.skip(Number.NaN)).toThrow('ms: must be a number from 0 to 100000000000.')
  await expect(startDts({ credentials: [], speed: Infinity })).rejects.toThrow('speed: must be')
})

const console = (dts: PretendDts, verb: string, body: unknown) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return fetch(`${dts.url}/_control/${verb}`, { method: 'POST', body: text })
}

test.for<[string, unknown, number, string]>([
  ['addSample', { database: 'oracle', story: 'immediate' }, 400, 'database: '],
  ['addSample', { database: 'mysql' }, 400, 'story: '],
  ['addSample', 'nonsense', 400, 'input: the body is not JSON.'],
  ['changeJob', { id: 'dts-none', change: {} }, 400, 'no job dts-none'],
  ['changeJob', { id: 'dts-there', change: null }, 400, 'change: '],
  ['changeJob', { id: 'dts-there', change: { durationMs: 5 } }, 400, 'durationMs'],
  ['speed', { speed: -1 }, 400, 'speed: must be a number from 0 to 10000.'],
  ['speed', { speed: 'fast' }, 400, 'speed: '],
  ['skipToNext', { ms: 5 }, 400, 'ms'],
  ['fault', { kind: 'earthquake' }, 400, 'kind: '],
  ['fault', { kind: 'error' }, 400, 'code: '],
  ['fault', { kind: 'html200', times: 0 }, 400, 'times: '],
  ['explode', {}, 404, 'There is no POST explode'],
])('the console refuses %s %j', async ([verb, body, status, sentence]) => {
  const dts = await start({ id: 'dts-there' })
  const response = await console(dts, verb, body)
  expect(response.status).toBe(status)
  expect(await json(response)).toEqual({ error: expect.stringContaining(sentence) })
  expect(dts.jobs).toHaveLength(1)
})

const SAMPLES = {
  immediate: [4],
  timed: [4],
  running: [7],
  notChecked: [1, 'CreateMigrateCheckJob', 4],
  failsCheck: [1, 'CreateMigrateCheckJob', 5],
  skippableCheck: [1, 'CreateMigrateCheckJob', 5],
  failsHalfWay: [4, START, 10],
  resumableHalfWay: [4, START, 23],
  paused: [23],
  differs: [8],
} as const

test.for(['mysql', 'redis', 'mongodb', 'postgresql'])('samples of %s', async (database) => {
  const dts = await start()
  for (const [story, [status, action, becomes]] of Object.entries(SAMPLES)) {
    const response = await console(dts, 'addSample', { database, story })
    expect(response.status).toBe(200)
    const { id = '' } = dts.jobs.at(-1) ?? {}
    expect(dts.job(id)).toMatchObject({ from: database, to: database, status })
    expect(dts.job(id)?.expectAt === null).toBe(story !== 'timed')
    if (action === undefined) continue
    expect(await attempt(dts, action, id)).toBe('ok')
    dts.skip(600_000)
    expect(dts.job(id)?.status).toBe(becomes)
  }
})
