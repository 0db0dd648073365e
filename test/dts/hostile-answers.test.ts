import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createDts } from '../../src/dts/client.ts'
import type { Dts } from '../../src/dts/client.ts'
import { fromValues } from '../../src/dts/credentials.ts'
import { DtsUnreachableError } from '../../src/dts/errors.ts'
import { answer, answeringServer } from './answering-server.ts'
import { EVERY_CALL, EVERY_CALL_2021, KEY, shown } from './open-dts.ts'
import { leakingAnswers, leakingAnswers2021 } from './leaking-answers.ts'
import { rawCheckAnswer, rawCompare, rawDetail, rawItem } from './raw-details.ts'
import { rawJob } from './raw-jobs.ts'

const VERSIONS = [
  { version: '2018-03-30', calls: EVERY_CALL, job: rawJob(), answer: {} },
  {
    version: '2021-12-06',
    calls: EVERY_CALL_2021,
    job: rawItem(),
    answer: { ...rawDetail(), ...rawCheckAnswer(), Items: [rawCompare()], CompareTaskId: 'x' },
  },
]

test.each(VERSIONS)(
  'whatever DTS $version answers, a call resolves or rejects with DtsUnreachableError',
  async ({ calls, job, answer: honest }) => {
    let content = ''
    await using server = await answeringServer((response) => answer(response, content))
    const jobs = fc.oneof(fc.jsonValue(), fc.record(garbageFor(job), { requiredKeys: [] }))
    const inner = fc.record(
      {
        ...garbageFor(honest),
        TotalCount: fc.jsonValue(),
        JobList: fc.oneof(fc.jsonValue(), fc.array(jobs)),
        RequestId: fc.jsonValue(),
        Status: fc.jsonValue(),
        CheckFlag: fc.jsonValue(),
        Progress: fc.jsonValue(),
        ErrorMessage: fc.jsonValue(),
      },
      { requiredKeys: [] },
    )
    const garbage = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .record({ Response: fc.oneof(fc.jsonValue(), inner) })
        .map((value) => JSON.stringify(value)),
    )

    await fc.assert(
      fc.asyncProperty(garbage, fc.constantFrom(...calls), async (text, call) => {
        content = text
        await once(server.url, call).catch((error: unknown) => {
          expect(error).toBeInstanceOf(DtsUnreachableError)
        })
      }),
      { numRuns: 300 },
    )
  },
)

type Places = { where: fc.Arbitrary<string>; name: fc.Arbitrary<string> }

/** Names under which a secret is a secret anywhere, and places of an answer. */
const ANYWHERE: Places = {
  where: fc.constantFrom('SrcInfo', 'DstInfo', 'SrcInfoMulti', 'ExternParams', 'Unknown'),
  name: fc.constantFrom('Password', 'AccessKey', 'TmpSecretKey', 'token', 'db_pwd'),
}
const IN_2021: Places = {
  where: fc.constantFrom('SrcInfo', 'DstInfo', 'SrcAttr', 'DstAttr', 'Options', 'Unknown'),
  name: fc.constantFrom('Password', 'TmpSecretId', 'TmpSecretKey', 'TmpToken', 'kafka_password'),
}

test.each([
  { version: '2018-03-30', calls: EVERY_CALL, places: ANYWHERE, leaking: leakingAnswers },
  { version: '2021-12-06', calls: EVERY_CALL_2021, places: IN_2021, leaking: leakingAnswers2021 },
])(
  'a password in an answer of DTS $version never gets out, whichever text repeats it',
  async ({ calls, places, leaking }) => {
    let content: unknown
    await using server = await answeringServer((response) => answer(response, content))
    const secret = fc.stringMatching(/^[A-Za-z0-9!#$%&()+,./:;<=>?@[\]^_{|}~"'\\ -]{8,24}$/)

    await fc.assert(
      fc.asyncProperty(
        fc.record({ ...places, secret }),
        fc.constantFrom(...calls),
        async (planted, call) => {
          for (content of leaking(planted)) {
            const outcome = await once(server.url, call).catch((error: unknown) => error)
            expect(shown(outcome)).not.toContain(planted.secret)
            expect(shown(outcome)).not.toContain(JSON.stringify(planted.secret).slice(1, -1))
          }
        },
      ),
      { numRuns: 150 },
    )
  },
)

/** One call of a client of its own, so that none waits for the rate limit. */
async function once(endpoint: string, call: (dts: Dts) => Promise<unknown>): Promise<unknown> {
  const credentials = fromValues(KEY)
  const dts = createDts({
    endpoint,
    versions: ['2018-03-30'],
    credentials,
    digestKey: 'not-a-real-key',
  })
  try {
    return await call(dts)
  } finally {
    await dts.close()
  }
}

function garbageFor(job: Record<string, unknown>) {
  const fields = Object.keys(job).map((name) => [
    name,
    fc.oneof(fc.jsonValue(), fc.constant(job[name]), fc.double(), fc.json()),
  ])
  return Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>
}
