import { expect, test } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { type Deadline, deadlineIn } from '../../src/dts/deadline.ts'
import { createTransport } from '../../src/dts/transport.ts'
import { answer, answeringServer } from './answering-server.ts'

test('closed before its first request, it sends none', async () => {
  await using server = await answeringServer((response) => answer(response, {}))
  const transport = createTransport({ connect: 1_000, headers: 1_000, body: 1_000 })
  await transport.close()
  const late = transport.post(postTo(server.url, undefined))
  await expect(late).rejects.toMatchObject({ name: 'DtsUnreachableError', sent: false })
  expect(server.heard).toEqual([])
})

test.each([
  ['by the wall clock', { wall: 0, monotonic: Infinity }],
  ['by the clock that nobody sets', { wall: Infinity, monotonic: 0 }],
])('a request that can leave too late never leaves: %s', async (_, sendBy) => {
  await using server = await answeringServer((response) => answer(response, {}))
  const transport = createTransport({ connect: 1_000, headers: 1_000, body: 1_000 })
  await expect(transport.post(postTo(server.url, sendBy))).rejects.toMatchObject({
    name: 'DtsUnreachableError',
    kind: 'tooLate',
    sent: false,
  })
  expect(server.heard).toEqual([])
  const inTime = deadlineIn(60_000, systemClock)
  await expect(transport.post(postTo(server.url, inTime))).resolves.toMatchObject({ status: 200 })
  expect(server.heard).toHaveLength(1)
  await transport.close()
})

function postTo(origin: string, sendBy: Deadline | undefined) {
  const trace = { action: 'StartMigrateJob', traceId: 'trace' }
  return { ...trace, origin, headers: {}, body: '{}', signal: new AbortController().signal, sendBy }
}
