import { once } from 'node:events'
import { type Socket, connect, createServer } from 'node:net'
import { pipeline } from 'node:stream/promises'

/** A way to the database for one bot alone. */
export type Link = {
  url: string
  /** Forwards nothing, neither way, and loses nothing. */
  freeze(): void
  /** Forwards what was held back, and goes on. */
  thaw(): void
  close(): void
}

/** Opens a port on loopback that forwards to the server of `target`, whether it runs or not. */
export async function openLink(target: string): Promise<Link> {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let gate = Promise.withResolvers<void>()
  gate.resolve()

  async function* held(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      await gate.promise
      yield chunk
    }
    // The end has to wait, too.
    await gate.promise
  }

  const server = createServer({ allowHalfOpen: true }, (bot) => {
    const database = connect({ port: Number(port), host: hostname, allowHalfOpen: true })
    for (const one of [bot, database]) {
      sockets.add(one)
      one.once('close', () => sockets.delete(one))
    }
    for (const [from, to] of [[bot, database] as const, [database, bot] as const]) {
      pipeline(from, held, to).catch(() => to.destroy())
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('no port to listen on')
  const url = new URL(target)
  url.port = `${address.port}`
  return {
    url: url.href,
    freeze: () => void (gate = Promise.withResolvers()),
    thaw: () => gate.resolve(),
    close() {
      gate.resolve()
      server.close()
      for (const one of sockets) one.destroy()
    },
  }
}
