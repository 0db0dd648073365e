import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { describe, expect, test, vi } from 'vitest'
import { DtsUnreachableError } from '../../src/dts/errors.ts'
import { answer, answeringServer } from './answering-server.ts'
import { JOB, KEY, PLACE, failure, openDts, serverSaying, shown } from './open-dts.ts'

describe('an unusable answer', () => {
  test.each([
    ['500', 'httpStatus', 500, { Response: { RequestId: 'r' } }],
    ['an error page', 'httpStatus', 502, '<html>Bad Gateway</html>'],
    ['HTML as success', 'notJson', 200, '<html>Welcome</html>'],
    ['truncated JSON', 'notJson', 200, '{"Response": {"RequestId": "r'],
    ['an empty body', 'notJson', 200, ''],
    ['another shape', 'unexpectedShape', 200, '{"RequestId": "r"}'],
    ['a list', 'unexpectedShape', 200, '[1]'],
    ['null', 'unexpectedShape', 200, 'null'],
    ['an error without a code', 'unexpectedShape', 200, '{"Response": {"Error": {}}}'],
    [
      'JSON nested too deeply',
      'unexpectedShape',
      200,
      `{"Response":{"a":${'['.repeat(9999)}${'9'.repeat(20)}${']'.repeat(9999)}}}`,
    ],
  ])('%s is %s', async (_, kind, status, content) => {
    await using server = await serverSaying(content, status)
    const error = await failure(openDts(server.url).startJob(JOB))
    expect(error).toBeInstanceOf(DtsUnreachableError)
    expect(error).toMatchObject({ kind, httpStatus: status, sent: true, action: 'StartMigrateJob' })
    expect(String(error)).not.toContain('html')
    expect(server.heard).toHaveLength(1)
  })

  test('does not come of a strange field: an order was accepted all the same', async () => {
    const deep = JSON.stringify(`${'['.repeat(9999)}${']'.repeat(9999)}`)
    const strange = `"a":${'['.repeat(9999)}${']'.repeat(9999)},"b":${deep}`
    await using server = await serverSaying(`{"Response":{"RequestId":"r-1",${strange}}}`)
    expect(await openDts(server.url).startJob(JOB)).toEqual({ requestId: 'r-1' })
  })

  test('larger than 8 MB is tooLarge', async () => {
    await using server = await serverSaying({ Response: { a: 'x'.repeat(9 * 1024 * 1024) } })
    const error = await failure(openDts(server.url).startJob(JOB))
    expect(error).toMatchObject({ kind: 'tooLarge', sent: true })
  })
})

describe('a broken connection', () => {
  test('before the answer: the call may have taken effect, and is not repeated', async () => {
    await using server = await answeringServer((_response, _heard, socket) =>
      socket.resetAndDestroy(),
    )
    const error = await failure(openDts(server.url).startJob(JOB))
    expect(error).toMatchObject({ name: 'DtsUnreachableError', kind: 'connection', sent: true })
    expect(server.heard).toHaveLength(1)
  })

  test('in the middle of the answer: the same', async () => {
    await using server = await answeringServer((response, _heard, socket) => {
      response.writeHead(200, { 'content-length': 100 })
      response.write('{"Response"', () => socket.destroy())
    })
    const error = await failure(openDts(server.url).startJob(JOB))
    expect(error).toMatchObject({ kind: 'connection', sent: true })
    expect(server.heard).toHaveLength(1)
  })

  test('between two calls: the second one is sent once at most', async () => {
    await using server = await answeringServer((response, _heard, socket) => {
      response.once('finish', () => socket.destroy())
      answer(response, { Response: { RequestId: 'r' } })
    })
    const dts = openDts(server.url)
    await dts.startJob(JOB)
    const second = await dts.startJob(JOB).catch((error: unknown) => error)
    expect(second).toSatisfy((it) => it instanceof DtsUnreachableError || 'requestId' in Object(it))
    expect(server.heard.length).toBeLessThanOrEqual(2)
  })
})

describe('nothing was sent', () => {
  test('if nobody listens', async () => {
    const port = await freePort()
    const error = await failure(openDts(`http://127.0.0.1:${port}`).startJob(JOB))
    expect(error).toMatchObject({ kind: 'connection', sent: false, detail: 'ECONNREFUSED' })
  })

  test('if the server does not speak TLS', async () => {
    await using server = await serverSaying({ Response: {} })
    const error = await failure(openDts(`https://127.0.0.1:${server.port}`).startJob(JOB))
    expect(error).toMatchObject({ name: 'DtsUnreachableError', kind: 'connection', sent: false })
    expect(server.heard).toHaveLength(0)
  })

  test('if the server never answers the handshake', async () => {
    await using server = await silentServer()
    const dts = openDts(`https://127.0.0.1:${server.port}`, { timeouts: { connect: 100 } })
    const error = await failure(dts.startJob(JOB))
    expect(error).toMatchObject({ kind: 'timeout', sent: false, detail: 'UND_ERR_CONNECT_TIMEOUT' })
  })

  test('if there are no credentials', async () => {
    await using server = await serverSaying({ Response: {} })
    const credentials = () => Promise.reject(new Error(`bad ${KEY.secretKey}`))
    const error = await failure(openDts(server.url, { credentials }).startJob(JOB))
    expect(error).toMatchObject({ name: 'DtsUnreachableError', kind: 'connection', sent: false })
    expect(shown(error)).not.toContain(KEY.secretKey)
    expect(server.heard).toHaveLength(0)
  })

  test('if the client is closed', async () => {
    await using server = await serverSaying({ Response: {} })
    const dts = openDts(server.url)
    await dts.close()
    const error = await failure(dts.startJob(JOB))
    expect(error).toMatchObject({ name: 'DtsUnreachableError', kind: 'connection', sent: false })
    expect(server.heard).toHaveLength(0)
  })
})

describe("the caller's signal ends a call as a timeout, whatever its reason", () => {
  const sooner = () => AbortSignal.timeout(100)
  const given = new Error('shutdown')

  test('before the call', async () => {
    await using server = await serverSaying({ Response: {} })
    const signal = AbortSignal.abort(given)
    const error = await failure(openDts(server.url).startJob(JOB, { signal }))
    expect(error).toMatchObject({ kind: 'timeout', sent: false })
    expect(server.heard).toHaveLength(0)
  })

  test('while it waits for the rate limit', async () => {
    await using server = await serverSaying({ Response: { RequestId: 'r' } })
    const dts = openDts(server.url)
    const first = Array.from({ length: 20 }, () => dts.startJob(JOB))
    const error = await failure(dts.startJob(JOB, { signal: sooner() }))
    expect(error).toMatchObject({ kind: 'timeout', sent: false })
    await Promise.all(first)
    expect(server.heard).toHaveLength(20)
  })

  test('while it waits for the credentials', async () => {
    await using server = await serverSaying({ Response: {} })
    const controller = new AbortController()
    const credentials = () => {
      controller.abort(given)
      return Promise.resolve(KEY)
    }
    const dts = openDts(server.url, { credentials })
    const error = await failure(dts.startJob(JOB, { signal: controller.signal }))
    expect(error).toMatchObject({ kind: 'timeout', sent: false })
    expect(server.heard).toHaveLength(0)
  })

  test('during the handshake', async () => {
    await using server = await silentServer()
    const dts = openDts(`https://127.0.0.1:${server.port}`, { timeouts: { connect: 1000 } })
    const error = await failure(dts.startJob(JOB, { signal: sooner() }))
    expect(error).toMatchObject({ kind: 'timeout', sent: false })
  })

  test('while every connection is busy', async () => {
    const held: (() => void)[] = []
    await using server = await answeringServer((response, { headers }) => {
      const reply = () => answer(response, { Response: { RequestId: 'r' } })
      if (headers['x-tc-action'] === 'StartMigrateJob') reply()
      else held.push(reply)
    })
    const dts = openDts(server.url)
    const busy = Array.from({ length: 64 }, () =>
      dts.describeJobs(PLACE, '2018-03-30', { offset: 0, limit: 1 }),
    )
    await vi.waitFor(() => expect(held).toHaveLength(64), 10_000)

    const error = await failure(dts.startJob(JOB, { signal: sooner() }))
    expect(error).toMatchObject({ kind: 'timeout', sent: false })
    for (const reply of held) reply()
    await Promise.all(busy)
    await dts.startJob(JOB)
    const starts = server.heard.filter(
      ({ headers }) => headers['x-tc-action'] === 'StartMigrateJob',
    )
    expect(starts).toHaveLength(1)
  })

  test('after it was sent: then it may have taken effect', async () => {
    const controller = new AbortController()
    await using server = await answeringServer(() => controller.abort(given))
    const error = await failure(openDts(server.url).startJob(JOB, { signal: controller.signal }))
    expect(error).toMatchObject({ kind: 'timeout', sent: true, detail: undefined })
    expect(server.heard).toHaveLength(1)
  })
})

test('close() aborts a call whose answer never ends', async () => {
  const begun = Promise.withResolvers<void>()
  await using server = await answeringServer((response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write('{"Response"', () => begun.resolve())
  })
  const dts = openDts(server.url, { timeouts: { body: 600_000 } })
  const call = failure(dts.startJob(JOB, { signal: new AbortController().signal }))
  await begun.promise
  await dts.close()
  expect(await call).toMatchObject({ name: 'DtsUnreachableError', kind: 'connection', sent: true })
})

async function freePort(): Promise<number> {
  await using server = await silentServer()
  return server.port
}

/** Accepts connections and never writes. */
async function silentServer() {
  const server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => {})
  })
  const sockets: { destroy(): unknown }[] = []
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
