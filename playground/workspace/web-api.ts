import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { METHODS, type Api, type Method } from './api.ts'
import { readArguments } from './api-arguments.ts'
import type { Fault, Faults } from './faults.ts'
import type { RateLimits } from './rate-limits.ts'
import { ApiRefusal, refuse } from './refuse.ts'
import type { Json, Workspace } from './workspace.ts'

export const BOT_TOKEN = 'xoxb-playground'
export const APP_TOKEN = 'xapp-playground'

export type WebApi = Api & { faults: Faults; rateLimits: RateLimits; signal: AbortSignal }

/** Answers `POST /api/<method>` as Slack does, or fails as a fault says. */
export async function answerApi(
  api: WebApi,
  name: string,
  request: IncomingMessage,
  body: string,
  response: ServerResponse,
): Promise<void> {
  const args = readArguments(request.headers['content-type'] ?? '', body)
  const token = tokenOf(request, args)
  const end = api.ws.exchanges.begin({ from: 'bot', name, request: args })
  const fault = api.faults.next(name, args)
  if (fault?.delayMs) await sleep(fault.delayMs, undefined, { signal: api.signal })
  const broken = fault?.hang || fault?.status || fault?.error
  const answer =
    broken && fault?.when !== 'after'
      ? { ok: false, error: fault?.error ?? 'fault' }
      : fault?.answer
        ? { ok: true, ...fault.answer }
        : call(api, name, token, args)
  record(api.ws, name, args, answer)
  const final = fault?.error ? { ok: false, error: fault.error } : answer
  end(fault && broken ? { ...brokenAs(fault), response: null } : shown(final))

  if (fault?.hang) return
  if (fault?.status) {
    const wait = fault.status === 429 ? { 'retry-after': String(fault.retryAfter ?? 1) } : {}
    response.writeHead(fault.status, wait).end()
    return
  }
  if ('retryAfter' in answer) {
    response.writeHead(429, { 'retry-after': text(answer['retryAfter']) })
    response.end(JSON.stringify({ ok: false, error: 'ratelimited' }))
    return
  }
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'x-oauth-scopes': [...api.ws.scopes].join(','),
  })
  response.end(JSON.stringify(final))
}

function brokenAs({ hang, status, error }: Fault): { ok: false; error: string } {
  const says = hang ? 'no answer' : status ? `HTTP ${status}` : (error ?? 'fault')
  return { ok: false, error: `${says}, on purpose` }
}

function shown(answer: Json): { ok: boolean; error?: string; response: Json } {
  const error = answer['ok'] === true ? {} : { error: text(answer['error']) }
  return { ok: answer['ok'] === true, ...error, response: answer }
}

function call(api: WebApi, name: string, token: string, args: Json): Json {
  try {
    const method = METHODS[name] ?? refuse('unknown_method')
    authorize(api.ws, method, token, args)
    const retryAfter = api.rateLimits.check(name, text(args['channel']))
    if (retryAfter !== undefined) return { ok: false, error: 'ratelimited', retryAfter }
    return { ok: true, ...method.run(api, args) }
  } catch (error) {
    if (!(error instanceof ApiRefusal)) throw error
    return { ok: false, error: error.message, ...error.extra }
  }
}

function authorize(ws: Workspace, method: Method, token: string, args: Json): void {
  if (!token) refuse('not_authed')
  if (ws.tokenRevoked) refuse('token_revoked')
  if (token !== BOT_TOKEN && token !== APP_TOKEN) refuse('invalid_auth')
  if (token !== (method.token === 'bot' ? BOT_TOKEN : APP_TOKEN)) refuse('not_allowed_token_type')
  const needed = method.scope?.(args, ws)
  if (needed && !ws.scopes.has(needed)) {
    refuse('missing_scope', { needed, provided: [...ws.scopes].join(',') })
  }
}

function tokenOf(request: IncomingMessage, args: Json): string {
  const header = request.headers.authorization ?? ''
  const token = header.startsWith('Bearer ') ? header.slice('Bearer '.length) : args['token']
  delete args['token']
  return typeof token === 'string' ? token : ''
}

function record(ws: Workspace, method: string, args: Json, answer: Json): void {
  const ok = answer['ok'] === true
  const error = typeof answer['error'] === 'string' ? { error: answer['error'] } : {}
  ws.calls.push({ at: Date.now(), method, args, ok, ...error })
  ws.changed()
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
