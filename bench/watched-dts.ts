/**
 * A DTS for `bench/watch.ts`, by API 2021-12-06: running jobs of which some change, and a list whose
 * first jobs are removed while others are added at its end. It takes 20 calls of an action in any
 * second, and counts what came beyond. Says over IPC what changed, and when.
 */
import { type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { rawItem } from '../test/dts/raw-details.ts'

/** Milliseconds from a call to its answer. */
const LATENCY = 80
const PER_SECOND = 20
/** Jobs that nobody watches, half of them at each end of the list. */
const OTHERS = 60

export type Change = { id: string; status: string; at: number }
export type Counts = { calls: number; most: number; beyond: number }
export type Asked = 'begin' | 'end'
export type Said = { changed: Change } | { counts: Counts }

type Listed = { id: string; status: string; json: string }

const [size = 1000, changesPerSecond = 10] = process.argv.slice(2).map(Number)
let born = 0
const jobs: Listed[] = Array.from({ length: size }, newJob)
const watched = jobs.slice(OTHERS / 2, -OTHERS / 2)
const byId = new Map(jobs.map((job) => [job.id, job]))
const calls = new Map<string, number[]>()
const counts: Counts = { calls: 0, most: 0, beyond: 0 }

const server = createServer((request, response) => {
  const action = String(request.headers['x-tc-action'])
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => void answer(action, Buffer.concat(chunks).toString(), response))
})
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
process.on('disconnect', () => process.exit())
process.on('message', (asked: Asked) => {
  if (asked === 'begin') begin()
  else say({ counts })
})

async function answer(action: string, body: string, response: ServerResponse): Promise<void> {
  const isTooMuch = countCall(action)
  await sleep(LATENCY / 2)
  const input = JSON.parse(body) as Input
  const given = isTooMuch ? error('RequestLimitExceeded') : answerTo(action, input)
  await sleep(LATENCY / 2)
  response.setHeader('content-type', 'application/json')
  response.end(`{"Response":{${given},"RequestId":"8f4c2a8e-0000-4000-8000-1234567890ab"}}`)
}

type Input = { Offset?: number; Limit?: number; OrderSeq?: string; JobId?: string }

function answerTo(action: string, { Offset = 0, Limit = 20, OrderSeq, JobId }: Input): string {
  if (action === 'DescribeMigrationDetail') {
    return byId.get(JobId ?? '')?.json.slice(1, -1) ?? error('ResourceNotFound.JobNotExist')
  }
  const ordered = OrderSeq === 'asc' ? jobs : jobs.toReversed()
  const page = ordered.slice(Offset, Offset + Limit).map((job) => job.json)
  // The lag of every job is another one each second.
  const lag = `"SecondsBehindMaster":${Math.floor(Date.now() / 1_000) % 60}`
  const list = page.join(',').replaceAll('"SecondsBehindMaster":12', lag)
  return `"TotalCount":${jobs.length},"JobList":[${list}]`
}

function error(code: string): string {
  return `"Error":{"Code":"${code}","Message":"no"}`
}

/** Whether it is one too many. */
function countCall(action: string): boolean {
  const now = performance.now()
  const recent = (calls.get(action) ?? []).filter((at) => at > now - 1_000)
  calls.set(action, [...recent, now])
  counts.calls++
  counts.most = Math.max(counts.most, recent.length + 1)
  if (recent.length < PER_SECOND) return false
  counts.beyond++
  return true
}

function begin(): void {
  Object.assign(counts, { calls: 0, most: 0, beyond: 0 })
  let next = 0
  setInterval(() => {
    // In no order that a list would have: 7919 is a prime number.
    const job = watched[(next++ * 7919) % watched.length]
    if (!job) return
    job.status = job.status === 'running' ? 'readyComplete' : 'running'
    job.json = jsonOf(job)
    say({ changed: { id: job.id, status: job.status, at: Date.now() } })
  }, 1_000 / changesPerSecond)
  setInterval(() => {
    const gone = jobs.findIndex((job) => !watched.includes(job))
    if (gone >= 0) byId.delete(jobs.splice(gone, 1)[0]?.id ?? '')
    jobs.push(newJob())
  }, 500)
}

function newJob(): Listed {
  const job = { id: `dts-${(100_000 + born++).toString()}`, status: 'running' }
  return { ...job, json: jsonOf(job) }
}

function jsonOf({ id, status }: Pick<Listed, 'id' | 'status'>): string {
  return JSON.stringify(rawItem({ JobId: id, JobName: `orders-${id}`, Status: status }))
}

function say(said: Said): void {
  process.send?.(said)
}
