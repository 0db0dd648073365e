import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createDts } from '../../src/dts/client.ts'
import type { Dts } from '../../src/dts/client.ts'
import { fromValues } from '../../src/dts/credentials.ts'
import { DtsUnreachableError } from '../../src/dts/errors.ts'
import { answer, answeringServer } from './answering-server.ts'
import { EVERY_CALL, KEY, shown } from './open-dts.ts'
import { rawJob } from './raw-jobs.ts'

test('whatever DTS answers, a call resolves or rejects with DtsUnreachableError', async () => {
  let content = ''
  await using server = await answeringServer((response) => answer(response, content))
  const job = fc.oneof(fc.jsonValue(), fc.record(garbageFor(rawJob()), { requiredKeys: [] }))
  const inner = fc.record(
    {
      TotalCount: fc.jsonValue(),
      JobList: fc.oneof(fc.jsonValue(), fc.array(job)),
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
    fc.record({ Response: fc.oneof(fc.jsonValue(), inner) }).map((value) => JSON.stringify(value)),
  )

  await fc.assert(
    fc.asyncProperty(garbage, fc.constantFrom(...EVERY_CALL), async (text, call) => {
      content = text
      await once(server.url, call).catch((error: unknown) => {
        expect(error).toBeInstanceOf(DtsUnreachableError)
      })
    }),
    { numRuns: 300 },
  )
})

test('a password in an answer never gets out, whichever text repeats it', async () => {
  let content: unknown
  await using server = await answeringServer((response) => answer(response, content))
  const secret = fc.stringMatching(/^[A-Za-z0-9!#$%&()+,./:;<=>?@[\]^_{|}~"'\\ -]{8,24}$/)
  const hiding = fc.record({
    where: fc.constantFrom('SrcInfo', 'DstInfo', 'SrcInfoMulti', 'ExternParams', 'Unknown'),
    name: fc.constantFrom('Password', 'AccessKey', 'TmpSecretKey', 'token', 'db_pwd'),
    secret,
  })

  await fc.assert(
    fc.asyncProperty(hiding, fc.constantFrom(...EVERY_CALL), async (planted, call) => {
      const leaks = `before ${planted.secret} after`
      const job = leakingJob(planted, leaks)
      const Error = { Code: leaks, Message: leaks }
      const answers = [
        {
          Response: {
            TotalCount: 1,
            JobList: [job],
            RequestId: planted.secret,
            ErrorMessage: leaks,
          },
        },
        { Response: { Error, JobList: [job], ErrorMessage: leaks, RequestId: planted.secret } },
      ]
      for (content of answers) {
        const outcome = await once(server.url, call).catch((error: unknown) => error)
        expect(shown(outcome)).not.toContain(planted.secret)
        expect(shown(outcome)).not.toContain(JSON.stringify(planted.secret).slice(1, -1))
      }
    }),
    { numRuns: 150 },
  )
})

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

type Planted = { where: string; name: string; secret: string }

/** A job that keeps a secret in one place and repeats it in every text. */
function leakingJob({ where, name, secret }: Planted, leaks: string) {
  const hidden = { [name]: secret }
  return rawJob({
    JobName: leaks,
    SrcDatabaseType: leaks,
    SrcAccessType: secret,
    SrcInfo: {
      InstanceId: leaks,
      Region: secret,
      Ip: leaks,
      ...(where === 'SrcInfo' ? hidden : {}),
    },
    DstInfo: { InstanceId: secret, User: leaks, ...(where === 'DstInfo' ? hidden : {}) },
    SrcInfoMulti: where === 'SrcInfoMulti' ? [{ Ip: leaks }, hidden] : null,
    MigrateOption: {
      RunMode: 2,
      ExpectTime: leaks,
      ExternParams: where === 'ExternParams' ? JSON.stringify({ deep: [hidden] }) : leaks,
    },
    Unknown: where === 'Unknown' ? { deeper: hidden } : leaks,
    CreateTime: leaks,
    Detail: { StepNow: 1, Progress: leaks, StepInfo: [{ StepNo: 1, StepName: leaks }] },
    ErrorInfo: [
      { ErrorLog: leaks, HelpDoc: 'https://example.com/' },
      {
        ErrorLog: JSON.stringify({ message: secret }),
        HelpDoc: `https://example.com/?q=${secret}`,
      },
    ],
  })
}

function garbageFor(job: Record<string, unknown>) {
  const fields = Object.keys(job).map((name) => [
    name,
    fc.oneof(fc.jsonValue(), fc.constant(job[name]), fc.double(), fc.json()),
  ])
  return Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>
}
