import type { ServerResponse } from 'node:http'

import type { ApiError } from './api-error.ts'
import { type Language, messageOf } from './messages.ts'

/** What the service answers, and what the log says of it: `ok` or an error code. */
export type Answer = { outcome: string; body: { Response: object } }

export function success(requestId: string, fields: object): Answer {
  return { outcome: 'ok', body: { Response: { ...fields, RequestId: requestId } } }
}

export function failure(requestId: string, error: ApiError, language: Language): Answer {
  const { code } = error
  const refusal = { Code: code, Message: messageOf(error, language) }
  return { outcome: code, body: { Response: { Error: refusal, RequestId: requestId } } }
}

/** The status is 200 whatever the answer says: the service understood the request. */
export function sendAnswer(response: ServerResponse, { body }: Answer): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
