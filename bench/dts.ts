/**
 * `npm run bench:dts`: what a call to DTS costs, beside the official SDK, in turn, against a bare HTTP
 * server: a page of 100 jobs of each version, read as the watcher does (each look) and whole, and a small
 * answer alone and 20 at once. In CPU time of this process; the SDK leaves the answer as parsed JSON. `-- 60` for 60 rounds.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { CommonClient } from 'tencentcloud-sdk-nodejs-common'
import { startService } from '../playground/processes.ts'
import { type Dts, createDts } from '../src/dts/client.ts'
import { fromValues } from '../src/dts/credentials.ts'
import type { ApiVersion, JobRef, ListedJob } from '../src/dts/job.ts'

const ROUNDS = Number(process.argv[2] ?? 30)
/** The rate limit of most actions: a burst of so many does not wait. */
const BURST = 20
const WARM_UP = 10
/** Milliseconds; the rate limit is then forgotten. */
const PAUSE = 1_100

const KEY = { secretId: 'AKIDEXAMPLE', secretKey: 'not-a-real-key'.padEnd(32, '0') }
const PLACE = { account: 'default', region: 'ap-guangzhou' }
const JOB: JobRef = { ...PLACE, id: 'dts-1kl0iy0v', apiVersion: '2018-03-30' }
const PAGE = { offset: 0, limit: 100 }
const RAW_PAGE = { Offset: 0, Limit: 100 }

await using opened = new AsyncDisposableStack()
const server = await startService('../bench/bare-dts.ts', [])
opened.defer(() => server.stop())
/** Several, so that a burst of small calls stays within the rate limit of each. */
const clients = Array.from({ length: 10 }, openDts)
for (const client of clients) opened.defer(() => client.close())
const sdk2018 = openSdk('2018-03-30')
const sdk2021 = openSdk('2021-12-06')

type Case = {
  name: string
  calls: number
  atOnce: number
  ours: (index: number) => Promise<unknown>
  sdk: () => Promise<unknown>
}

const smallCallOf = (some: Dts[]) => ({
  calls: BURST * some.length,
  ours: async (index: number) => some[index % some.length]?.describeCheck(JOB),
  sdk: async () => sdk2018.request('DescribeMigrateCheckJob', { JobId: JOB.id }),
})
const pageOf = (version: ApiVersion, read: (job: ListedJob) => void, some: Dts[]) => ({
  calls: BURST,
  atOnce: 1,
  ours: async (index: number) => {
    const page = await some[index % some.length]?.describeJobs(PLACE, version, PAGE)
    for (const job of page?.jobs ?? []) read(job)
  },
  sdk: async () =>
    version === '2018-03-30'
      ? sdk2018.request('DescribeMigrateJobs', RAW_PAGE)
      : sdk2021.request('DescribeMigrationJobs', RAW_PAGE),
})
const look = ({ look: read }: ListedJob): unknown => read
const whole = (job: ListedJob): unknown => [look(job), job.snapshot]
const cases: Case[] = [
  { name: '100 looks of 2018-03-30', ...pageOf('2018-03-30', look, clients.slice(0, 1)) },
  { name: '100 jobs of 2018-03-30', ...pageOf('2018-03-30', whole, clients.slice(1, 2)) },
  { name: '100 looks of 2021-12-06', ...pageOf('2021-12-06', look, clients.slice(0, 1)) },
  { name: '100 jobs of 2021-12-06', ...pageOf('2021-12-06', whole, clients.slice(1, 2)) },
  { name: 'a small answer', atOnce: 1, ...smallCallOf(clients.slice(5)) },
  { name: 'a small answer, 20 at once', atOnce: 20, ...smallCallOf(clients.slice(0, 5)) },
]

const measured = cases.map((one) => ({
  ...one,
  cpu: { ours: [] as number[], sdk: [] as number[] },
}))
for (let round = 1 - WARM_UP; round <= ROUNDS; round++) {
  for (const { cpu, calls, atOnce, ours, sdk } of round % 2 ? measured : measured.toReversed()) {
    const first = round % 2 ? await cpuOf(ours, calls, atOnce) : undefined
    const ofSdk = await cpuOf(sdk, calls, atOnce)
    const ofOurs = first ?? (await cpuOf(ours, calls, atOnce))
    if (round > 0) {
      cpu.ours.push(ofOurs)
      cpu.sdk.push(ofSdk)
    }
  }
  await sleep(PAUSE)
}
for (const { name, cpu } of measured) {
  const [ours, sdk] = [median(cpu.ours), median(cpu.sdk)]
  const ratio = median(cpu.ours.map((one, index) => one / (cpu.sdk[index] ?? Number.NaN)))
  console.log(
    `${name}: ours ${ours.toFixed(2)} ms, the SDK ${sdk.toFixed(2)} ms, ${ratio.toFixed(2)} times`,
  )
}

/** CPU milliseconds of this process for each call. */
async function cpuOf(
  call: (index: number) => Promise<unknown>,
  calls: number,
  atOnce: number,
): Promise<number> {
  let index = 0
  const began = process.cpuUsage()
  const callOn = async () => {
    while (index < calls) await call(index++)
  }
  await Promise.all(Array.from({ length: atOnce }, callOn))
  const { user, system } = process.cpuUsage(began)
  return (user + system) / calls / 1_000
}

function median(numbers: number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const [below = 0, above = 0] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return (below + above) / 2
}

function openDts() {
  return createDts({
    endpoint: server.url,
    versions: ['2018-03-30', '2021-12-06'],
    credentials: fromValues({ ...KEY, token: undefined }),
    digestKey: 'not-a-real-key',
  })
}

function openSdk(version: string): CommonClient {
  const httpProfile = { protocol: 'http://', endpoint: new URL(server.url).host }
  const { region } = PLACE
  return new CommonClient(httpProfile.endpoint, version, {
    credential: KEY,
    region,
    profile: { httpProfile },
  })
}
