import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { authorization, canonicalRequest, secretSigning } from '../../src/dts/sign.ts'
import type { Signable } from '../../src/dts/sign.ts'
import vectors from '../fixtures/tc3-vectors.json' with { type: 'json' }

const official = createRequire(import.meta.url)(
  'tencentcloud-sdk-nodejs-common/tencentcloud/common/sign.js',
) as { default: { sign3(options: object): string } }

describe.each(vectors)('published vector $id', (vector) => {
  const request: Signable = {
    httpRequestMethod: vector.method === 'GET' ? 'GET' : 'POST',
    canonicalQueryString: vector.query,
    headers: definedOnly(vector.headers),
    requestPayload: vector.payload,
    requestTimestamp: vector.timestamp,
    service: vector.service,
  }

  test('gives the published Authorization header', () => {
    expect(authorization(request, vector)).toBe(
      `TC3-HMAC-SHA256 Credential=${vector.secretId}/${vector.date}/${vector.service}/tc3_request, ` +
        `SignedHeaders=${vector.signedHeaders}, Signature=${vector.signature}`,
    )
  })

  test('gives the published intermediate values', () => {
    const hash = createHash('sha256').update(canonicalRequest(request)).digest('hex')
    const key = secretSigning(vector.secretKey, vector.date, vector.service)
    const steps = { hashedCanonicalRequest: hash, signingKey: key.export().toString('hex') }
    expect({ ...vector, ...steps }).toMatchObject(vector)
  })
})

test('the signature equals that of the official Node SDK', () => {
  const key = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 40 })
  const request = fc.record({
    host: fc.domain(),
    contentType: fc.constantFrom('application/json', 'application/json; charset=utf-8'),
    payload: fc.string({ unit: 'binary', maxLength: 200 }),
    timestamp: fc.integer({ min: 1, max: 4_000_000_000 }),
    service: fc.constantFrom('dts', 'cvm', 'sts'),
    secretId: key,
    secretKey: key,
  })

  fc.assert(
    fc.property(request, ({ host, contentType, payload, timestamp, service, ...credentials }) => {
      const theirs = official.default.sign3({
        ...credentials,
        method: 'POST',
        url: `https://${host}/`,
        payload: Buffer.from(payload),
        timestamp,
        service,
        multipart: false,
        boundary: '',
        headers: { 'Content-Type': contentType },
      })
      const ours = authorization(
        {
          httpRequestMethod: 'POST',
          headers: { Host: host, 'Content-Type': contentType },
          requestPayload: Buffer.from(payload),
          requestTimestamp: timestamp,
          service,
        },
        credentials,
      )
      expect(ours).toBe(theirs)
    }),
    { numRuns: 300 },
  )
})

test('a cached signing key is not used for another secret, day or service', () => {
  const hex = (...of: [string, string, string]) =>
    secretSigning(...of)
      .export()
      .toString('hex')
  const keys = [
    hex('a', '2026-11-24', 'dts'),
    hex('b', '2026-11-24', 'dts'),
    hex('a', '2026-11-25', 'dts'),
    hex('a', '2026-11-24', 'sts'),
  ]
  expect(new Set(keys).size).toBe(4)
  expect(hex('a', '2026-11-24', 'dts')).toBe(keys[0])
})

test('signing keys are cached; the ninth clears the eight before it', async () => {
  vi.resetModules()
  const { secretSigning: keyFor } = await import('../../src/dts/sign.ts')
  const key = (day: number) => keyFor('not-a-real-secret', `2026-11-0${day}`, 'dts')
  const kept = [1, 2, 3, 4, 5, 6, 7, 8].map(key)
  for (const [index, one] of kept.entries()) expect(key(index + 1)).toBe(one)

  const ninth = key(9)
  expect(key(9)).toBe(ninth)
  for (const [index, one] of kept.slice(0, 7).entries()) expect(key(index + 1)).not.toBe(one)
  expect(key(9)).toBe(ninth)
})

function definedOnly(headers: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  )
}
