import { once } from 'node:events'
import { type Socket, connect, createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { openLink } from './link.ts'

/** An echo behind a link, and a connection through it. */
async function through() {
  const server = createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('no port')
  const link = await openLink(`postgresql://postgres@127.0.0.1:${address.port}/bots`)
  onTestFinished(() => link.close())
  return { link, ...open(link.url) }
}

function open(url: string): { socket: Socket; heard: () => string } {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  let heard = ''
  socket.on('data', (chunk) => (heard += chunk.toString()))
  return { socket, heard: () => heard }
}

test('a link goes to another port, and keeps everything else of the URL', async () => {
  const { link, socket, heard } = await through()
  expect(link.url).toMatch(/^postgresql:\/\/postgres@127\.0\.0\.1:\d+\/bots$/)
  socket.write('hello')
  await expect.poll(heard).toBe('hello')
  socket.end()
  await once(socket, 'close')
})

test('a frozen link forwards nothing, and loses nothing', async () => {
  const { link, socket, heard } = await through()
  socket.write('before ')
  await expect.poll(heard).toBe('before ')
  link.freeze()
  socket.write('meanwhile ')
  const late = open(link.url)
  late.socket.write('a new connection')
  late.socket.end()
  // Whatever is sent past the link is there by now.
  const other = await through()
  other.socket.write('other')
  await expect.poll(other.heard).toBe('other')
  expect([heard(), late.heard()]).toEqual(['before ', ''])

  link.thaw()
  socket.write('after')
  await expect.poll(heard).toBe('before meanwhile after')
  await expect.poll(late.heard).toBe('a new connection')
})
