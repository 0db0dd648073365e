import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

import type { Action } from './action.ts'
import { findAction } from './actions.ts'
import { type Answer, failure, sendAnswer, success } from './answer.ts'
import { ApiError } from './api-error.ts'
import { deliverFault } from './deliver-fault.ts'
import type { Language } from './messages.ts'
import { REGIONS } from './regions.ts'
import { verifySignature } from './signature.ts'
import { findVersion } from './version.ts'
import { type LoggedRequest, logRequest, type World } from './world.ts'

/** Bytes that a signed POST may have. */
export const BODY_LIMIT = 10 * 1024 * 1024

/** Answers one API call, or fails it as a fault says. Never throws ApiError. */
export async function answerCall(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
  closing: AbortSignal,
): Promise<void> {
  const requestId = randomUUID()
  const entry = logRequest(world, describe(world, request, body, requestId))
  const began = performance.now()
  response.once('close', () => {
    entry.ms = Math.round(performance.now() - began)
  })
  const language = request.headers['x-tc-language'] === 'en-US' ? 'en-US' : 'zh-CN'

  const admitted = attempt(requestId, language, () => admit(world, request, body, entry))
  if ('answer' in admitted) {
    entry.outcome = admitted.answer.outcome
    sendAnswer(response, admitted.answer)
    return
  }

  const { action } = admitted.value
  const perform = (): Answer => {
    const done = attempt(requestId, language, () =>
      action.perform(world, entry.region, entry.params),
    )
    if ('answer' in done) return done.answer
    entry.effective = action.writes
    return success(requestId, done.value)
  }

  const fault = world.faults.take(entry)
  if (!fault) {
    const answer = perform()
    entry.outcome = answer.outcome
    sendAnswer(response, answer)
    return
  }
  entry.outcome = await deliverFault(fault, {
    response,
    closing,
    perform,
    pretend: () => (action.writes ? success(requestId, {}) : perform()),
    refuse: (code, text) =>
      failure(requestId, new ApiError(code, text === undefined ? {} : { text }), language),
  })
}

/** Checks everything before the action: protocol, signature, version, region, rate. */
function admit(
  world: World,
  request: IncomingMessage,
  body: Buffer,
  entry: LoggedRequest,
): { action: Action } {
  const { method = '', headers, url = '/' } = request
  const [, query = ''] = url.split('?')
  if (method !== 'POST' || !/^application\/json\b/i.test(headers['content-type'] ?? '')) {
    throw new ApiError('UnsupportedProtocol')
  }
  if (body.length > BODY_LIMIT) throw new ApiError('RequestSizeLimitExceeded')
  const now = Date.now() + world.ahead
  verifySignature({ method, query, headers, body }, world.credentials, now)

  if (entry.version === '') throw new ApiError('MissingParameter', { about: 'Version' })
  const version = findVersion(entry.version)
  if (!version) throw new ApiError('NoSuchVersion')
  if (entry.action === '') throw new ApiError('MissingParameter', { about: 'Action' })
  const action = findAction(version, entry.action)
  if (!action) throw new ApiError('InvalidAction')
  if (world.retired.has(version)) throw new ApiError('ActionOffline')
  if (entry.region === '') throw new ApiError('MissingParameter', { about: 'Region' })
  if (!REGIONS.some((region) => region === entry.region)) throw new ApiError('UnsupportedRegion')

  world.limit?.count(entry.action, action.perSecond)
  if (entry.params === null) throw new ApiError('InvalidParameter', { about: 'body' })
  return { action }
}

function describe(
  world: World,
  request: IncomingMessage,
  body: Buffer,
  requestId: string,
): LoggedRequest {
  const text = body.toString('utf8')
  const params = parseObject(text)
  const jobId = params?.['JobId']
  return {
    at: world.clock.now(),
    receivedAt: Date.now(),
    version: header(request, 'x-tc-version'),
    action: header(request, 'x-tc-action'),
    region: header(request, 'x-tc-region'),
    jobId: typeof jobId === 'string' ? jobId : null,
    params,
    body: text,
    outcome: 'pending',
    ms: null,
    requestId,
    effective: false,
  }
}

function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name]
  return typeof value === 'string' ? value : ''
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? { ...value } : null
  } catch {
    return null
  }
}

function attempt<T>(
  requestId: string,
  language: Language,
  work: () => T,
): { value: T } | { answer: Answer } {
  try {
    return { value: work() }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return { answer: failure(requestId, error, language) }
  }
}
