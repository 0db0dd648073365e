import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { CHILD_ENV } from '../../playground/child-env.ts'

/* The playground's processes: how they start and end. */

const MAIN = new URL('../../playground/main.ts', import.meta.url).pathname

function start(port: number, ...args: string[]) {
  const env = { ...CHILD_ENV, PLAYGROUND_PORT: String(port) }
  const main = spawn(process.execPath, [MAIN, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void main.kill('SIGKILL'))
  let errors = ''
  main.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')))
  const line = once(createInterface({ input: main.stdout }), 'line')
  return { main, line, ended: once(main, 'close'), errors: () => errors }
}

test('kill -9 of the playground ends its pretend Slack, its pretend DTS and the bot', async () => {
  const { main, line } = start(0)
  expect((await line)[0]).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  const children = childrenOf(main)
  expect(children).toHaveLength(3)
  main.kill('SIGKILL')
  await expect.poll(() => alive(children)).toEqual([])
})

test('a story piped into `head` ends in order', async () => {
  const { main, line, ended, errors } = start(0, '--story')
  await line
  const children = childrenOf(main)
  expect(children).toHaveLength(3)
  main.stdout.destroy()
  expect(await ended).toEqual([0, null])
  expect(errors()).toBe('')
  expect(alive(children)).toEqual([])
})

test('a taken port is named, and nothing is started', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void taken.close())
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo
  const { ended, errors } = start(port)
  expect(await ended).toEqual([1, null])
  expect(errors()).toContain(`Port ${port} is taken. Choose another: PLAYGROUND_PORT=`)
})

function childrenOf({ pid }: ChildProcess): number[] {
  return processes().flatMap((one) => (one.parent === pid ? [one.id] : []))
}

function alive(ids: number[]): number[] {
  const running = processes().map(({ id }) => id)
  return ids.filter((id) => running.includes(id))
}

/** Every process of the machine that has not ended. */
function processes(): { id: number; parent: number }[] {
  const listed = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat='], { encoding: 'utf8' })
  return listed.split('\n').flatMap((one) => {
    const [id, parent, state = ''] = one.trim().split(/\s+/)
    return state === '' || state.startsWith('Z') || id === undefined
      ? []
      : [{ id: Number(id), parent: Number(parent) }]
  })
}
