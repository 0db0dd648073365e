import { once } from 'node:events'
import { type AddressInfo, type Socket, connect, createServer } from 'node:net'
import { onTestFinished } from 'vitest'

/** Stands between the bot and its database, for the length of a test. */
export type FlakyProxy = {
  /** The database's URL, by way of here. */
  url: string
  /**
   * From now on nothing is let through and nothing is refused, as when a machine loses its power: the
   * connections stay half-open for ever, and new ones are accepted by nobody who answers.
   */
  swallow(): void
  /** Another server took over the address: new connections work, the old ones stay as they are. */
  recover(): void
}

export async function flakyProxy(url: string): Promise<FlakyProxy> {
  const to = new URL(url)
  const sockets = new Set<Socket>()
  let swallowing = false
  let open: [Socket, Socket][] = []
  const keep = (socket: Socket): Socket => {
    sockets.add(socket)
    return socket.on('error', () => {}).on('close', () => sockets.delete(socket))
  }
  const server = createServer((client) => {
    keep(client)
    if (swallowing) return void client.resume()
    const database = keep(connect(Number(to.port), to.hostname))
    client.pipe(database).pipe(client)
    open.push([client, database])
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  const here = new URL(url)
  here.port = String((server.address() as AddressInfo).port)
  return {
    url: here.href,
    swallow() {
      swallowing = true
      for (const [client, database] of open) {
        client.unpipe().resume()
        database.unpipe().destroy()
      }
      open = []
    },
    recover: () => void (swallowing = false),
  }
}
