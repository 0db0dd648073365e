import { expect, test } from 'vitest'
import { createTransport } from '../../src/dts/transport.ts'
import { answer, answeringServer } from './answering-server.ts'

test('closed before its first request, it sends none', async () => {
  await using server = await answeringServer((response) => answer(response, {}))
  const transport = createTransport({ connect: 1_000, headers: 1_000, body: 1_000 })
  await transport.close()
  const late = transport.post({
    action: 'StartMigrateJob',
    traceId: 'trace',
    origin: server.url,
    headers: {},
    body: '{}',
    signal: new AbortController().signal,
  })
  await expect(late).rejects.toMatchObject({ name: 'DtsUnreachableError', sent: false })
  expect(server.heard).toEqual([])
})
