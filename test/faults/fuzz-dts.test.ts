import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { answer, answeringServer } from '../dts/answering-server.ts'
import { rawJob, withInner } from '../dts/raw-jobs.ts'
import { ANN, CHANNEL, startWorld } from '../support/world.ts'

/*
 * Whatever DTS answers, people get a sentence that Slack accepts. The pretend Slack rejects what the
 * real one would, and a rejection fails the test.
 */

const JOB = 'dts-1kl0iy0v'

const scalar = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'binary', minLength: 2000, maxLength: 5000 }),
  fc.constantFrom(
    '['.repeat(110),
    '{"password":"orders"}',
    'https://root:not-a-real-secret@10.0.0.1/',
    '<!channel>',
    '*bold* `code` <@U0BO>',
    '\u0000',
    '\u202e',
    '&lt;',
    '-1',
    '1e999',
    '',
  ),
  fc.integer(),
  fc.double(),
  fc.constantFrom(null, true, [], {}),
)

/** The same value with random parts replaced. */
function mutated(value: unknown): fc.Arbitrary<unknown> {
  const other = fc.oneof(scalar, fc.jsonValue())
  const inside = Array.isArray(value)
    ? fc.tuple(...value.map(mutated))
    : typeof value === 'object' && value !== null
      ? fc.record(
          Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mutated(one)])),
        )
      : fc.constant(value)
  return fc.oneof({ weight: 6, arbitrary: inside }, { weight: 1, arbitrary: other })
}

/** A job of named databases, out of a source without an instance: what the card and the form show. */
function selected(Status: number): fc.Arbitrary<unknown> {
  const table = fc.array(fc.oneof(scalar, fc.jsonValue()), { maxLength: 3 })
  const database = fc.record({ Database: scalar, Table: fc.oneof(table, scalar) })
  const lists = fc.array(fc.oneof({ weight: 9, arbitrary: database }, scalar), { maxLength: 30 })
  return fc.record({ Ip: scalar, Port: scalar, list: lists }).map(({ Ip, Port, list }) => ({
    ...withInner(rawJob(), 'MigrateOption', { MigrateObject: 2 }),
    Status,
    SrcInfo: { Ip, Port },
    DatabaseInfo: JSON.stringify(list),
  }))
}

const statuses = fc.constantFrom(...Array.from({ length: 17 }, (_, index) => index))
const job = statuses.chain((Status) => fc.oneof(mutated({ ...rawJob(), Status }), selected(Status)))

const error = fc.record({ Code: scalar, Message: scalar })
const response = fc.oneof(
  { weight: 4, arbitrary: job.map((one) => ({ TotalCount: 1, JobList: [one], RequestId: 'r' })) },
  { weight: 1, arbitrary: error.map((Error) => ({ Error, RequestId: 'r' })) },
  {
    weight: 1,
    arbitrary: fc.record({ TotalCount: scalar, JobList: fc.jsonValue(), RequestId: scalar }),
  },
)
const answers = fc.oneof(
  { weight: 6, arbitrary: response.map((Response) => JSON.stringify({ Response })) },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
)

test('people get a sentence, whatever DTS answers', async () => {
  let content = ''
  const server = await answeringServer((reply) => answer(reply, content))
  onTestFinished(() => server[Symbol.asyncDispose]())
  const { slack } = await startWorld(
    { mode: 'socket', engine: 'sqlite' },
    { env: { DTS_ENDPOINT: server.url } },
  )
  const { ws, people } = slack

  await fc.assert(
    fc.asyncProperty(answers, async (body) => {
      content = body
      const before = ws.ephemerals.length
      await people.command(ANN, CHANNEL, `/dts status ${JOB}`)
      const status = await slack.waitFor(() => ws.ephemerals[before], 'the status')
      expect(text(status)).not.toMatch(/incident/)

      await people.command(ANN, CHANNEL, `/dts start ${JOB}`)
      const form = await slack.waitFor(() => {
        const shown = text(ws.topView(ANN)?.view ?? { blocks: [] })
        return !/Looking at the job/.test(shown) && shown
      }, 'the form')
      expect(form).not.toMatch(/incident/)
      expect(ws.ephemerals).toHaveLength(before + 1)
      await people.closeView(ANN)
    }),
    { numRuns: 60, endOnFailure: true },
  )
})
