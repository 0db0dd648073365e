import { expect, test } from 'vitest'
import { JOB, PLACE, failure, openDts, serverSaying } from './open-dts.ts'
import { rawJob, withInner } from './raw-jobs.ts'

const GOOD = rawJob({ JobId: 'dts-g00d0000', JobName: 'move orders' })
const PAGE = { offset: 0, limit: 100 }

/** The jobs that DTS lists, when its list holds these. */
async function listed(...items: unknown[]) {
  const Response = { TotalCount: items.length, JobList: items, RequestId: 'r-1' }
  await using server = await serverSaying({ Response })
  return (await openDts(server.url).describeJobs(PLACE, '2018-03-30', PAGE)).jobs
}

function nested(depth: number): unknown {
  return JSON.parse('['.repeat(depth) + ']'.repeat(depth))
}

test.each([
  ['brackets', '['.repeat(110) + ']'.repeat(110)],
  ['thousands of brackets', '['.repeat(9000) + ']'.repeat(9000)],
  ['brackets and a long number', `${'['.repeat(9000)}${'1'.repeat(30)}${']'.repeat(9000)}`],
  ['JSON with a password', '{"password":"orders"}'],
])('a name of %s is a name, and changes nothing about other jobs', async (_, JobName) => {
  const [bad, good] = await listed(rawJob({ JobName, ErrorInfo: [{ ErrorLog: JobName }] }), GOOD)
  expect(bad?.ref.id).toBe('dts-1kl0iy0v')
  expect(bad?.snapshot.name.slice(0, 9)).toBe(JobName.slice(0, 9))
  expect(good?.snapshot.name).toBe('move orders')
})

test('a job whose settings are nested without end is left out, and the others are listed', async () => {
  const bad = withInner(rawJob(), 'MigrateOption', { Strange: nested(500) })
  const jobs = await listed(bad, GOOD)
  expect(jobs.map(({ ref }) => ref.id)).toEqual(['dts-g00d0000'])
  expect(jobs[0]?.snapshot.name).toBe('move orders')
})

test('a job is found beside one that cannot be read, and is not missing if it is that one', async () => {
  const bad = withInner(rawJob(), 'MigrateOption', { Strange: nested(500) })
  await using server = await serverSaying({ Response: { TotalCount: 2, JobList: [bad, GOOD] } })
  const dts = openDts(server.url)
  expect(await dts.describeJob({ ...JOB, id: 'dts-g00d0000' })).toMatchObject({
    snapshot: { name: 'move orders' },
  })
  expect(await failure(dts.describeJob(JOB))).toMatchObject({ kind: 'unexpectedShape' })
  expect(await dts.describeJob({ ...JOB, id: 'dts-e1se0000' })).toBeUndefined()
})

test('of a page with more jobs than DTS has on a page, the first hundred are read', async () => {
  const jobs = Array.from({ length: 20_000 }, (_, index) => ({ JobId: `dts-${1000 + index}` }))
  expect(await listed(...jobs)).toHaveLength(100)
})

// With one search for each secret in each text, this took minutes.
test('100,000 secrets mask the texts of their answer, and leave ids, statuses and numbers', async () => {
  const secrets = Array.from({ length: 100_000 }, (_, index) => `not-a-real-secret-${index}`)
  const ErrorInfo = Array.from({ length: 20 }, () => ({
    ErrorLog: 'x'.repeat(4000),
    HelpDoc: 'https://cloud.tencent.com/',
  }))
  const jobs = Array.from({ length: 40 }, (_, index) =>
    rawJob({ JobId: `dts-${1000 + index}`, Status: 10, ErrorInfo }),
  )
  const flood = withInner(rawJob(), 'SrcInfo', { Password: secrets })
  const read = await listed(flood, ...jobs)
  expect(read).toHaveLength(41)
  expect(read.at(-1)).toMatchObject({
    ref: { id: 'dts-1039' },
    snapshot: {
      name: '***',
      source: { engine: 'mysql', access: 'cdb', instance: 'cdb-source01', region: 'ap-guangzhou' },
      migrateType: 'fullAndIncrement',
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
    look: { status: 'failed', requestId: 'r-1', percent: 43, secondsBehind: 12, stepName: '***' },
  })
  expect(read.at(-1)?.look.errors[19]).toEqual({ log: '***', helpDoc: undefined })
})

test('an error code keeps its meaning in an answer with too many secrets', async () => {
  const Password = Array.from({ length: 2000 }, (_, index) => `not-a-real-secret-${index}`)
  const Error = { Code: 'FailedOperation.StatusInConflict', Message: 'the job runs' }
  const RequestId = '8f4c2a8e-0000-4000-8000-1234567890ab'
  await using server = await serverSaying({ Response: { Error, RequestId, Password } })
  expect(await failure(openDts(server.url).startJob(JOB))).toMatchObject({
    code: 'FailedOperation.StatusInConflict',
    requestId: RequestId,
    reason: '***',
  })
})
