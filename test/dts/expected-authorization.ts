import { createHash, createHmac } from 'node:crypto'
import type { Heard } from './answering-server.ts'
import { KEY } from './open-dts.ts'

/** TC3 again, written independently of the code under test. */
export function expectedAuthorization({ headers, body }: Heard): string {
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
  const timestamp = String(headers['x-tc-timestamp'])
  const date = new Date(Number(timestamp) * 1000).toISOString().slice(0, 10)
  const canonical = `POST\n/\n\ncontent-type:${headers['content-type']}\nhost:${headers.host}\n\ncontent-type;host\n${sha256(body)}`
  const toSign = `TC3-HMAC-SHA256\n${timestamp}\n${date}/dts/tc3_request\n${sha256(canonical)}`
  const signature = [date, 'dts', 'tc3_request', toSign].reduce<Buffer>(
    (key, text) => createHmac('sha256', key).update(text).digest(),
    Buffer.from(`TC3${KEY.secretKey}`),
  )
  return `TC3-HMAC-SHA256 Credential=${KEY.secretId}/${date}/dts/tc3_request, SignedHeaders=content-type;host, Signature=${signature.toString('hex')}`
}
