import { createHash, createHmac } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

import { ApiError } from './api-error.ts'

/** A known key pair. With a token it is temporary, and the token must match. */
export type Credential = {
  secretId: string
  secretKey: string
  token?: string | undefined
}

/** The parts of an HTTP request that its signature covers. `query` has no question mark. */
export type SignedRequest = {
  method: string
  query: string
  headers: IncomingHttpHeaders
  body: Buffer
}

const TOLERANCE_SECONDS = 300
const AUTHORIZATION =
  /^TC3-HMAC-SHA256 Credential=([^/\s,]+)\/(\d{4}-\d\d-\d\d)\/([^/\s,]+)\/tc3_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/

/**
 * Checks a TC3-HMAC-SHA256 signature; throws ApiError with the AuthFailure code the service gives.
 * `nowMs` is real time: a pretend clock that runs ahead must not expire honest signatures.
 */
export function verifySignature(
  request: SignedRequest,
  credentials: readonly Credential[],
  nowMs: number,
): void {
  const { headers } = request
  const authorization = readAuthorization(headers.authorization)
  const timestamp = readTimestamp(headers['x-tc-timestamp'], nowMs)

  const credential = credentials.find((known) => known.secretId === authorization.secretId)
  if (!credential) throw new ApiError('AuthFailure.SecretIdNotFound')
  if ((headers['x-tc-token'] ?? '') !== (credential.token ?? '')) {
    throw new ApiError('AuthFailure.TokenFailure')
  }

  const host = (headers.host ?? '').toLowerCase()
  const dateOfTimestamp = new Date(timestamp * 1000).toISOString().slice(0, 10)
  const fits = authorization.date === dateOfTimestamp && servicesOf(host).has(authorization.service)
  const signed = hostsOf(host).some(
    (name) => sign(request, authorization, name, timestamp, credential) === authorization.signature,
  )
  if (!fits || !signed) throw new ApiError('AuthFailure.SignatureFailure')
}

type Authorization = {
  secretId: string
  date: string
  service: string
  signedHeaders: string[]
  signature: string
}

function readAuthorization(header: string | undefined): Authorization {
  const match = AUTHORIZATION.exec(header ?? '')
  const [, secretId = '', date = '', service = '', names = '', signature = ''] = match ?? []
  const signedHeaders = names.split(';')
  const ordered = [...new Set(signedHeaders)].toSorted().join(';') === names
  const enough = signedHeaders.includes('content-type') && signedHeaders.includes('host')
  if (!match || !ordered || !enough) throw new ApiError('AuthFailure.InvalidAuthorization')
  return { secretId, date, service, signedHeaders, signature }
}

function readTimestamp(header: string | string[] | undefined, nowMs: number): number {
  if (header === undefined) throw new ApiError('MissingParameter', { about: 'Timestamp' })
  if (typeof header !== 'string' || !/^\d{1,11}$/.test(header)) {
    throw new ApiError('InvalidParameter', { about: 'Timestamp' })
  }
  const timestamp = Number(header)
  if (Math.abs(nowMs / 1000 - timestamp) > TOLERANCE_SECONDS) {
    throw new ApiError('AuthFailure.SignatureExpire')
  }
  return timestamp
}

// The official Node client takes the endpoint's first label for the service ("127" on loopback,
// "localhost:8080" with its port) and leaves the port out of the host that it signs.
function servicesOf(host: string): Set<string> {
  const label = host.split('.')[0] ?? ''
  return new Set(['dts', label, withoutPort(label)])
}

function hostsOf(host: string): string[] {
  return [host, withoutPort(host)]
}

function withoutPort(host: string): string {
  return host.replace(/:\d+$/, '')
}

function sign(
  request: SignedRequest,
  { date, service, signedHeaders }: Authorization,
  host: string,
  timestamp: number,
  { secretKey }: Credential,
): string {
  const canonicalHeaders = signedHeaders.map((name) => {
    const value = name === 'host' ? host : String(request.headers[name] ?? '')
    return `${name}:${value.trim().toLowerCase()}\n`
  })
  const canonicalRequest = [
    request.method,
    '/',
    request.query,
    canonicalHeaders.join(''),
    signedHeaders.join(';'),
    sha256(request.body),
  ].join('\n')
  const scope = `${date}/${service}/tc3_request`
  const stringToSign = ['TC3-HMAC-SHA256', timestamp, scope, sha256(canonicalRequest)].join('\n')

  const dateKey = hmac(`TC3${secretKey}`, date)
  const signingKey = hmac(hmac(dateKey, service), 'tc3_request')
  return hmac(signingKey, stringToSign).toString('hex')
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest()
}
