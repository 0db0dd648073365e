/**
 * `npm run bench:watch`: how late the watcher sees a change among many running jobs, beside the least
 * possible: reading W jobs in pages of 100 at 20 calls a second takes T = ceil(W / 100) / 20 s, and the
 * worst lag is T + L / 2, where L is what a call takes. Also what it costs. `-- 1000 --seconds 20` for
 * one W, and for how long.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { createDts } from '../src/dts/client.ts'
import { fromValues } from '../src/dts/credentials.ts'
import type { ListedJob } from '../src/dts/job.ts'
import { openStore } from '../src/store/store.ts'
import type { Heard, Used } from './watch-bot.ts'
import type { Change, Counts, Said } from './watched-dts.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '60' } },
})
const SIZES = positionals.length > 0 ? positionals.map(Number) : [1_000, 10_000]
const SECONDS = Number(values.seconds)
const CHANGES_PER_SECOND = 10
const LATENCY = 0.08
/** Of each end of the list, nobody watches so many. */
const UNWATCHED = 30
const PLACE = { account: 'default', region: 'ap-guangzhou' }

for (const size of SIZES) await measure(size)

async function measure(size: number): Promise<void> {
  await using opened = new AsyncDisposableStack()
  const dts = await start('./watched-dts.ts', [String(size), String(CHANGES_PER_SECOND)], opened)
  const idle = await start('./watch-bot.ts', [await folder(opened), dts.url], opened)
  await sleep(3_000)
  const { rss } = await usedBy(idle.child)
  idle.child.disconnect()

  const dataDir = await folder(opened)
  await seed(dataDir, await listOf(dts.url, size))
  const bot = await start('./watch-bot.ts', [dataDir, dts.url], opened)
  const pending = new Map<string, Change>()
  const lags: number[] = []
  let missed = 0
  dts.child.on('message', (said: Said) => {
    if (!('changed' in said)) return
    if (pending.has(said.changed.id)) missed++
    pending.set(said.changed.id, said.changed)
  })
  bot.child.on('message', (heard: Heard) => {
    if (!('saved' in heard)) return
    const change = pending.get(heard.saved.id)
    if (change?.status !== heard.saved.status) return
    pending.delete(heard.saved.id)
    lags.push((heard.saved.at - change.at) / 1_000)
  })
  const least = Math.ceil(size / 100) / 20 + LATENCY / 2
  await sleep(2_000 * least)
  lags.length = 0
  dts.child.send('begin')
  const before = await usedBy(bot.child)
  const began = performance.now()
  await sleep(SECONDS * 1_000)
  const after = await usedBy(bot.child)
  const cpu = (after.cpu - before.cpu) / (performance.now() - began)
  const counts = await countsOf(dts.child)
  // What changed last is still to be seen.
  const late = Date.now() - 3_000 * least
  missed += [...pending.values()].filter(({ at }) => at < late).length
  report(size, least, { lags, missed, cpu, counts, megabytes: (after.rss - rss) / 2 ** 20 })
}

type Measured = { lags: number[]; missed: number; cpu: number; counts: Counts; megabytes: number }

function report(size: number, least: number, measured: Measured): void {
  const { cpu, counts, megabytes, missed } = measured
  const lags = measured.lags.toSorted((a, b) => a - b)
  const at = (share: number) => lags[Math.ceil(share * lags.length) - 1] ?? Number.NaN
  const times = [0.5, 0.95, 0.99, 1].map((share) => `${at(share).toFixed(2)} s`)
  console.log(
    `${size} jobs, ${lags.length} changes seen after ${times.join(', ')} ` +
      `(median, 95 %, 99 %, worst); least possible at worst ${least.toFixed(2)} s: ` +
      `${(at(0.99) / least).toFixed(2)} times; ${missed} missed`,
  )
  console.log(
    `  ${(cpu * 100).toFixed(1)} % of a core, ${megabytes.toFixed(0)} MB more than an idle bot, ` +
      `${(counts.calls / SECONDS).toFixed(1)} calls a second, ${counts.most} in the fullest second, ` +
      `${counts.beyond} beyond the rate`,
  )
}

type Child = { child: ChildProcess; url: string }

/** Resolves when it prints its address. */
async function start(script: string, args: string[], opened: AsyncDisposableStack): Promise<Child> {
  const child = fork(new URL(script, import.meta.url), args, {
    // As `npm start` does.
    execArgv: [
      '--disable-warning=ExperimentalWarning',
      '--max-semi-space-size=8',
      '--import=/tmp/n/mem.mjs',
    ],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  opened.defer(() => void (child.connected && child.disconnect()))
  const [line] = (await once(child.stdout ?? child, 'data')) as [Buffer]
  return { child, url: line.toString().trim() }
}

async function folder(opened: AsyncDisposableStack): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'bench-watch-'))
  opened.defer(() => rm(made, { recursive: true, force: true }))
  return made
}

async function usedBy(bot: ChildProcess): Promise<Used> {
  const { promise, resolve } = Promise.withResolvers<Used>()
  const hear = (heard: Heard): void => void ('used' in heard && resolve(heard.used))
  bot.on('message', hear)
  bot.send('used')
  const used = await promise
  bot.off('message', hear)
  return used
}

async function countsOf(dts: ChildProcess): Promise<Counts> {
  const { promise, resolve } = Promise.withResolvers<Counts>()
  dts.on('message', (said: Said) => void ('counts' in said && resolve(said.counts)))
  dts.send('end')
  return promise
}

async function listOf(endpoint: string, size: number): Promise<ListedJob[]> {
  const dts = createDts({
    endpoint,
    versions: ['2021-12-06'],
    credentials: fromValues({
      secretId: 'AKIDEXAMPLE',
      secretKey: 'not-a-real-key',
      token: undefined,
    }),
    digestKey: 'not-a-real-key',
  })
  const jobs: ListedJob[] = []
  for (let offset = 0; offset < size; offset += 100) {
    const page = { offset, limit: 100, order: 'oldestFirst' } as const
    jobs.push(...(await dts.describeJobs(PLACE, '2021-12-06', page)).jobs)
  }
  await dts.close()
  return jobs.slice(UNWATCHED, -UNWATCHED)
}

/** Migrations that have been watched for half an hour. */
async function seed(dataDir: string, jobs: ListedJob[]): Promise<void> {
  const log = pino({ level: 'silent' })
  const store = await openStore({ databaseUrl: undefined, dataDir, log })
  await store.transact(async (tx) => {
    for (const [index, { ref, snapshot, look: seen }] of jobs.entries()) {
      // Saved at different times, as the looks of a bot that runs are.
      const at = new Date(Date.parse(seen.at) - (index % 600) * 1_000).toISOString()
      const look = { ...seen, at }
      const earlier = (minutes: number) => new Date(Date.parse(at) - minutes * 60_000).toISOString()
      const pace = Array.from({ length: 30 }, (_, index) => {
        return { at: earlier(30 - index), percent: 43, secondsBehind: 12 }
      })
      const plan = { runMode: 'immediate', migrateType: 'fullAndIncrement' } as const
      const rest = { wholeInstance: true, overridesRoot: false, targetReadOnly: true, digest: 'd' }
      const migration = {
        id: `migration-of-${ref.id}`,
        owner: 'U0ANN',
        channel: 'C0MIGRATE',
        job: ref,
        snapshot: { ...snapshot, ...plan, ...rest },
        watch: { since: earlier(30), look, movedAt: at, statusSince: at, pace },
      }
      await tx.insert(migration, ref.id, at)
    }
  })
  await store.close()
}
