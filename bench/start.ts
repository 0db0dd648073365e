/**
 * `npm run bench:start`: the bot beside an app of bare Bolt that only acknowledges, in turn, over HTTP
 * and with SQLite: how long from the start of the process until it acknowledges a command, and how
 * much memory it then holds while nothing happens. `-- 20` for 20 rounds.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type Server, createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CHILD_ENV } from '../playground/child-env.ts'
import { startService } from '../playground/processes.ts'
import { SIGNING_SECRET, httpTransport } from '../playground/workspace/delivery.ts'
import { TEAM } from '../playground/workspace/workspace.ts'

const ROUNDS = Number(process.argv[2] ?? 10)
const IDLE_MS = 5_000
const BARE = 'bare-app.js'
const OURS = '../src/start.js'

/** Milliseconds, and megabytes of 1,000,000 bytes. */
type Measured = { ms: number; megabytes: number }

await using opened = new AsyncDisposableStack()
const slack = await startService('workspace/main.ts', [])
opened.defer(() => slack.stop())
const dts = await startService('dts/main.ts', [])
opened.defer(() => dts.stop())
/** Takes the answers to the command. */
const answers = createServer((_, response) => response.end())
const answersPort = await listen(answers)
opened.defer(() => void answers.close())

// The first start of each is not counted: it reads the disk and compiles.
await measure(BARE)
await measure(OURS)
const bare: Measured[] = []
const ours: Measured[] = []
for (let round = 1; round <= ROUNDS; round++) {
  bare.push(await measure(BARE))
  ours.push(await measure(OURS))
  console.log(`round ${round}: bare ${written(bare.at(-1))}, the bot ${written(ours.at(-1))}`)
}
report('start to first acknowledgement, ms', ({ ms }) => ms)
report('idle memory, MB', ({ megabytes }) => megabytes)

function written(one: Measured | undefined): string {
  return one ? `${Math.round(one.ms)} ms ${Math.round(one.megabytes)} MB` : ''
}

function report(what: string, of: (one: Measured) => number): void {
  const [least, most] = [median(bare.map(of)), median(ours.map(of))]
  const times = (most / least).toFixed(2)
  console.log(`${what}: bare ${Math.round(least)}, the bot ${Math.round(most)}, ${times} times`)
}

function median(numbers: number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const [below = 0, above = 0] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return (below + above) / 2
}

/** One start, with an empty folder for its data. */
async function measure(script: string): Promise<Measured> {
  await using round = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'dts-bench-'))
  round.defer(() => rm(folder, { recursive: true, force: true }))
  const port = await freePort()

  const began = performance.now()
  const path = new URL(script, import.meta.url).pathname
  const child = spawn(process.execPath, [path, String(port), SIGNING_SECRET], {
    env: environment(port, folder),
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  round.defer(() => end(child))
  await untilItListens(port, child)
  await untilItAcknowledges(port)
  const ms = performance.now() - began

  await sleep(IDLE_MS)
  return { ms, megabytes: residentMegabytes(child) }
}

function environment(port: number, folder: string): Record<string, string> {
  return {
    PATH: CHILD_ENV.PATH,
    SLACK_BOT_TOKEN: 'xoxb-playground',
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    SLACK_API_URL: `${slack.url}/api/`,
    HOST: '127.0.0.1',
    PORT: String(port),
    TENCENTCLOUD_SECRET_ID: 'AKIDEXAMPLE',
    TENCENTCLOUD_SECRET_KEY: 'not-a-real-secret',
    TENCENTCLOUD_REGION: 'ap-guangzhou',
    DTS_ENDPOINT: dts.url,
    DTS_APPROVERS: 'S0ONCALL',
    DATA_DIR: folder,
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  const port = await listen(server)
  server.close()
  await once(server, 'close')
  return port
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

async function untilItListens(port: number, child: ChildProcess): Promise<void> {
  while (!(await listens(port))) {
    if (child.exitCode !== null) throw new Error(`The process ended with ${child.exitCode}.`)
    await sleep(2)
  }
}

async function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

/** Throws when it does not. */
async function untilItAcknowledges(port: number): Promise<void> {
  const signed = httpTransport(`http://127.0.0.1:${port}/slack/events`, 3_000)
  const payload = {
    command: '/dts',
    text: 'help',
    team_id: TEAM,
    channel_id: 'C0MIGRATE',
    user_id: 'U0ANN',
    trigger_id: '1.1.1',
    response_url: `http://127.0.0.1:${answersPort}`,
  }
  await signed.send({ id: 'bench', kind: 'slash_commands', payload })
}

function residentMegabytes({ pid }: ChildProcess): number {
  const kibibytes = execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })
  return (Number(kibibytes) * 1_024) / 1e6
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}
