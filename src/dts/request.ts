import type { Fields } from './api.ts'
import type { Credentials, CredentialSource } from './credentials.ts'
import type { Deadline } from './deadline.ts'
import { DtsError, DtsUnreachableError } from './errors.ts'
import type { Trace } from './errors.ts'
import type { ApiVersion } from './job.ts'
import { parseJson } from './json.ts'
import { objectOf } from './lenient.ts'
import { hostFor } from './regions.ts'
import { scrubOf } from './scrub.ts'
import type { Scrub } from './scrub.ts'
import { type Secrets, secretsIn } from './secrets-in.ts'
import { authorization } from './sign.ts'
import type { Reply, Transport } from './transport.ts'

export type ApiCall = Trace & {
  version: ApiVersion
  region: string
  params: object
  signal: AbortSignal
  sendBy: Deadline | undefined
}

/** An answer without an error: its `Response`, unparsed, and the scrub for the texts in it. */
export type ApiAnswer = {
  response: Fields
  requestId: string
  scrub: Scrub
  isShallow: boolean
}

export type Caller = {
  transport: Transport
  endpoint: URL
  credentials: CredentialSource
  language: 'en-US' | 'zh-CN'
}

/** Sends one request, once. Throws DtsError or DtsUnreachableError. */
export async function request(caller: Caller, call: ApiCall): Promise<ApiAnswer> {
  const credentials = await credentialsFor(caller, call)
  const { endpoint } = caller
  const host = hostFor(endpoint.host, call.region)
  const body = JSON.stringify(call.params)
  const headers = headersFor(call, { host, body, credentials, language: caller.language })

  const reply = await caller.transport.post({
    action: call.action,
    traceId: call.traceId,
    origin: `${endpoint.protocol}//${host}`,
    headers,
    body,
    signal: call.signal,
    sendBy: call.sendBy,
  })
  return readReply(call, reply, credentials)
}

/** `dts.tencentcloudapi.com`, or a URL with scheme and port. Throws TypeError for anything else. */
export function endpointFrom(text: string): URL {
  const url = new URL(text.includes('://') ? text : `https://${text}`)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new TypeError('Invalid URL')
  return url
}

async function credentialsFor({ credentials }: Caller, call: ApiCall): Promise<Credentials> {
  try {
    return await credentials()
  } catch {
    throw new DtsUnreachableError(call, {
      kind: 'connection',
      sent: false,
      detail: 'no credentials',
    })
  }
}

type RequestParts = { host: string; body: string; credentials: Credentials; language: string }

function headersFor(call: ApiCall, { host, body, credentials, language }: RequestParts) {
  const timestamp = Math.floor(Date.now() / 1000)
  const signed = { 'content-type': 'application/json; charset=utf-8', host }
  const signable = {
    httpRequestMethod: 'POST' as const,
    headers: signed,
    requestPayload: body,
    requestTimestamp: timestamp,
    service: SERVICE,
  }

  return {
    ...signed,
    authorization: authorization(signable, credentials),
    'X-TC-Action': call.action,
    'X-TC-Version': call.version,
    'X-TC-Timestamp': String(timestamp),
    'X-TC-Region': call.region,
    'X-TC-Language': language,
    'X-TC-TraceId': call.traceId,
    ...(credentials.token ? { 'X-TC-Token': credentials.token } : {}),
  }
}

/** Part of the signature's scope: the same for every host. */
const SERVICE = 'dts'

/** DTS answers 200 to every request it processed, errors included. Another status is from a proxy. */
function readReply(call: ApiCall, { status, text }: Reply, credentials: Credentials): ApiAnswer {
  if (status !== 200) throw unusable(call, 'httpStatus', status)

  const { answer, secrets } = readJson(call, text)
  const response = objectOf(objectOf(answer)?.['Response'])
  if (!response) throw unusable(call, 'unexpectedShape', status)

  const { secretKey, token: ours } = credentials
  const scrub = scrubOf(secrets, ours ? [secretKey, ours] : [secretKey])
  const requestId = word(response['RequestId'], scrub) ?? ''
  const error = response['Error'] ?? undefined
  const { isShallow } = secrets
  if (error === undefined) return { response, requestId, scrub, isShallow }

  // An error without a code makes the answer unusable.
  const { Code, Message } = objectOf(error) ?? {}
  if (typeof Code !== 'string' || Code === '') throw unusable(call, 'unexpectedShape', status)
  const reason = typeof Message === 'string' ? scrub.text(Message) : ''
  const code = word(Code, scrub) ?? 'Unknown'
  throw new DtsError(call, { code, requestId, reason, version: call.version })
}

function unusable(
  call: ApiCall,
  kind: 'httpStatus' | 'unexpectedShape' | 'notJson',
  status: number,
) {
  return new DtsUnreachableError(call, { kind, sent: true, httpStatus: status })
}

/** Once more where a number needs it: reading all of them exactly takes longer than the rest. */
function readJson(call: ApiCall, text: string): { answer: unknown; secrets: Secrets } {
  try {
    const answer: unknown = JSON.parse(text)
    const secrets = secretsIn(answer)
    if (secrets.isExact) return { answer, secrets }
    const exact = parseJson(text)
    return { answer: exact, secrets: secretsIn(exact) }
  } catch (error) {
    const kind = error instanceof RangeError ? 'unexpectedShape' : 'notJson'
    throw unusable(call, kind, 200)
  }
}

/** A code or an id: one word, never a sentence. */
function word(value: unknown, scrub: Scrub): string | undefined {
  const shown = typeof value === 'string' ? scrub.word(value) : ''
  return /^[\w.:-]{1,128}$/.test(shown) ? shown : undefined
}
