/**
 * TC3-HMAC-SHA256, in the order and the words of Tencent Cloud's "Signature v3" document
 * (https://www.tencentcloud.com/document/product/1278/46710).
 */
import { createHmac, createSecretKey, hash } from 'node:crypto'
import type { BinaryLike, KeyObject } from 'node:crypto'

/** A request to sign. `headers` are the signed ones: at least content-type and host. */
export type Signable = {
  httpRequestMethod: 'POST' | 'GET'
  /** Encoded as sent; empty for POST. */
  canonicalQueryString?: string
  headers: Record<string, string>
  requestPayload: string | Buffer
  /** Seconds since 1970, the same as in X-TC-Timestamp. */
  requestTimestamp: number
  service: string
}

export type SigningKey = { secretId: string; secretKey: string }

/** The value of the Authorization header. */
export function authorization(request: Signable, { secretId, secretKey }: SigningKey): string {
  const date = dateOf(request)
  const credentialScope = scopeOf(request, date)
  const signedHeaders = signedHeadersOf(request.headers)
  const key = secretSigning(secretKey, date, request.service)
  const signature = hmac(key, stringToSign(request, credentialScope)).toString('hex')

  return `${ALGORITHM} Credential=${secretId}/${credentialScope}, SignedHeaders=${signedHeaders}, Signature=${signature}`
}

/** Step 1. */
export function canonicalRequest(request: Signable): string {
  const canonicalUri = '/'
  const canonicalHeaders = canonicalHeadersOf(request.headers)
  const signedHeaders = signedHeadersOf(request.headers)
  const hashedRequestPayload = sha256(request.requestPayload)

  return [
    request.httpRequestMethod,
    canonicalUri,
    request.canonicalQueryString ?? '',
    canonicalHeaders,
    signedHeaders,
    hashedRequestPayload,
  ].join('\n')
}

/** Step 2. */
function stringToSign(request: Signable, credentialScope: string): string {
  const hashedCanonicalRequest = sha256(canonicalRequest(request))
  return [ALGORITHM, request.requestTimestamp, credentialScope, hashedCanonicalRequest].join('\n')
}

/** The part of step 3 that stays the same all day. `date` is `yyyy-mm-dd` in UTC. */
export function secretSigning(secretKey: string, date: string, service: string): KeyObject {
  const name = JSON.stringify([date, service, secretKey])
  const known = signingKeys.get(name)
  if (known) return known

  const secretDate = hmac(`TC3${secretKey}`, date)
  const secretService = hmac(secretDate, service)
  const key = createSecretKey(hmac(secretService, 'tc3_request'))

  if (signingKeys.size >= KEYS_KEPT) signingKeys.clear()
  signingKeys.set(name, key)
  return key
}

const ALGORITHM = 'TC3-HMAC-SHA256'
const KEYS_KEPT = 8
const signingKeys = new Map<string, KeyObject>()

/** Names and values trimmed and in lower case, sorted by name in ASCII order. */
function canonicalHeadersOf(headers: Record<string, string>): string {
  return Object.entries(headers)
    .map(([name, value]) => [name.trim().toLowerCase(), value.trim().toLowerCase()] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}:${value}\n`)
    .join('')
}

function signedHeadersOf(headers: Record<string, string>): string {
  return Object.keys(headers)
    .map((name) => name.trim().toLowerCase())
    .sort()
    .join(';')
}

function scopeOf(request: Signable, date: string): string {
  return `${date}/${request.service}/tc3_request`
}

/** The UTC date: Tencent Cloud would reject a local one for some hours of each day. */
function dateOf({ requestTimestamp }: Signable): string {
  return new Date(requestTimestamp * 1000).toISOString().slice(0, 10)
}

function sha256(data: string | Buffer): string {
  return hash('sha256', data)
}

function hmac(key: BinaryLike | KeyObject, message: string): Buffer {
  return createHmac('sha256', key).update(message).digest()
}
