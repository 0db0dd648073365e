import { createHash, createHmac } from 'node:crypto'
import { onTestFinished } from 'vitest'
import type { JobSpec } from '../../playground/dts/job.ts'
import type { PretendDts } from '../../playground/dts/pretend-dts.ts'
import { startDts } from '../../playground/dts/server.ts'

export const credential = { secretId: 'AKIDEXAMPLE', secretKey: 'not-a-real-secret' }
export const temporary = { secretId: 'AKIDTEMPORARY', secretKey: 'nor-is-this', token: 'a-token' }

/** A pretend DTS whose clock stands still unless a test moves it. */
export async function start(...jobs: JobSpec[]): Promise<PretendDts> {
  const dts = await startDts({ credentials: [credential, temporary], jobs, speed: 0 })
  onTestFinished(() => dts.close())
  return dts
}

/** Everything of a request that a test may want to spoil. */
export type Sent = {
  secretId: string
  secretKey: string
  token: string
  timestamp: number
  date: string
  service: string
  host: string
  signedHeaders: string[]
  action: string
  version: string
  region: string
  language: string
  contentType: string
  body: string
  sentBody: string
  authorization: string
  signal: AbortSignal
}

export async function send(dts: PretendDts, sent: Partial<Sent> = {}): Promise<Response> {
  const timestamp = sent.timestamp ?? Math.floor(Date.now() / 1000)
  const date = sent.date ?? new Date(timestamp * 1000).toISOString().slice(0, 10)
  const service = sent.service ?? 'dts'
  const body = sent.body ?? '{}'
  const headers: Record<string, string> = {
    'content-type': sent.contentType ?? 'application/json',
    'x-tc-action': sent.action ?? 'DescribeMigrateJobs',
    'x-tc-version': sent.version ?? '2018-03-30',
    'x-tc-timestamp': String(timestamp),
    'x-tc-region': sent.region ?? 'ap-guangzhou',
    'x-tc-language': sent.language ?? 'en-US',
    'x-tc-token': sent.token ?? '',
  }
  for (const [name, value] of Object.entries(headers)) if (value === '') delete headers[name]

  const names = sent.signedHeaders ?? ['content-type', 'host']
  const values: Record<string, string> = { ...headers, host: sent.host ?? new URL(dts.url).host }
  const canonical = [
    'POST\n/\n\n',
    ...names.map((name) => `${name}:${values[name]?.toLowerCase()}\n`),
    `\n${names.join(';')}\n`,
    createHash('sha256').update(body).digest('hex'),
  ].join('')
  const scope = `${date}/${service}/tc3_request`
  const hashed = createHash('sha256').update(canonical).digest('hex')
  const key = [date, service, 'tc3_request'].reduce<string | Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    `TC3${sent.secretKey ?? credential.secretKey}`,
  )
  const signature = createHmac('sha256', key)
    .update(`TC3-HMAC-SHA256\n${timestamp}\n${scope}\n${hashed}`)
    .digest('hex')
  headers['authorization'] =
    sent.authorization ??
    `TC3-HMAC-SHA256 Credential=${sent.secretId ?? credential.secretId}/${scope}, ` +
      `SignedHeaders=${names.join(';')}, Signature=${signature}`
  const init = { method: 'POST', headers, body: sent.sentBody ?? body }
  return fetch(dts.url, { ...init, ...(sent.signal && { signal: sent.signal }) })
}

type Reply = { Error?: { Code: string; Message: string }; RequestId: string }

export async function reply<T = Reply>(dts: PretendDts, sent: Partial<Sent>): Promise<T & Reply> {
  const response = await send(dts, sent)
  return ((await response.json()) as { Response: T & Reply }).Response
}

/** An error code, or `ok`. */
export async function codeOf(dts: PretendDts, sent: Partial<Sent>): Promise<string> {
  return (await reply(dts, sent)).Error?.Code ?? 'ok'
}

/** The code that an action answers for a job. */
export function attempt(dts: PretendDts, action: string, JobId: string): Promise<string> {
  return codeOf(dts, { action, body: JSON.stringify({ JobId }) })
}

/** Calls an action. Throws when it is refused. */
export async function call<T>(dts: PretendDts, action: string, params: object): Promise<T> {
  const answer = await reply<T>(dts, { action, body: JSON.stringify(params) })
  if (answer.Error) throw new Error(`${action} was refused: ${answer.Error.Code}`)
  return answer
}

type RawJob = {
  JobId: string
  Status: number
  StartTime: string
  MigrateOption: { RunMode: number; ExpectTime: string }
  Detail: { StepInfo: { StepName: string; Status: number }[] }
  ErrorInfo: { ErrorLog: string }[]
}

export function list(dts: PretendDts, params: object = {}) {
  return call<{ TotalCount: number; JobList: RawJob[] }>(dts, 'DescribeMigrateJobs', params)
}

/** Throws for a job that is not there. */
export async function raw(dts: PretendDts, JobId: string): Promise<RawJob> {
  const [job] = (await list(dts, { JobId })).JobList
  if (!job) throw new Error(`There is no job ${JobId}.`)
  return job
}

/** `yyyy-mm-dd hh:mm:ss` of clock milliseconds. */
export function beijing(ms: number): string {
  return new Date(ms).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' })
}
