import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

import { isForLoopback } from '../loopback.ts'
import { answerCall, BODY_LIMIT } from './call.ts'
import { answerControl } from './control.ts'
import type { JobSpec } from './job.ts'
import { type PretendDts, steer } from './pretend-dts.ts'
import type { Credential } from './signature.ts'
import { addJob, createWorld, type World } from './world.ts'

/** How to start it; jobs are added in this order. */
type PretendDtsOptions = {
  credentials: readonly Credential[]
  jobs?: readonly JobSpec[]
  speed?: number
}

/** Starts a pretend DTS, both API versions over one set of jobs, on 127.0.0.1; rejects with BadInput. */
export async function startDts(options: PretendDtsOptions): Promise<PretendDts> {
  const world = createWorld(options.credentials)
  world.clock.setSpeed(options.speed ?? 1)
  for (const spec of options.jobs ?? []) addJob(world, spec)

  const closing = new AbortController()
  // As long as load balancers do: a caller that was paused finds its connection open.
  const server = createServer({ keepAliveTimeout: 75_000 })
  const close = async () => {
    closing.abort()
    await new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  }
  const dts = steer(world, await listen(server), close)
  server.on('request', (request, response) => {
    serve(world, dts, request, response, closing.signal).catch(() => response.destroy())
  })
  return dts
}

/** Takes any free port; resolves to the address. */
async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('No port to listen on.')
  return `http://127.0.0.1:${address.port}`
}

async function serve(
  world: World,
  dts: PretendDts,
  request: IncomingMessage,
  response: ServerResponse,
  closing: AbortSignal,
): Promise<void> {
  if (!isForLoopback(request)) {
    response.writeHead(403, { connection: 'close' }).end('Only this machine may ask here.')
    return
  }
  const body = await readBody(request)
  const path = (request.url ?? '/').split('?')[0] ?? '/'
  if (path === '/') await answerCall(world, request, response, body, closing)
  else if (request.headers.origin !== undefined) {
    response.writeHead(403).end('No web page may ask here.')
  } else if (path.startsWith('/_control/')) answerControl(dts, request, response, path, body)
  else response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not Found</h1>')
}

/** Reads it all, but keeps only enough to see that it is too long. */
async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let kept = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    if (kept > BODY_LIMIT) continue
    chunks.push(chunk)
    kept += chunk.length
  }
  return Buffer.concat(chunks)
}
