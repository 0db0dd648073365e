import type { ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'

import type { Fault } from './faults.ts'
import { type Answer, sendAnswer } from './answer.ts'

/** A call that is to fail. */
export type FaultyCall = {
  response: ServerResponse
  /** Lets the call take effect and returns its honest answer. */
  perform(): Answer
  /** An answer that says no with this code. */
  refuse(code: string, message: string | undefined): Answer
  /** The answer of a call that takes no effect: a read's own answer, a write's bare success. */
  pretend(): Answer
  /** Aborted when the pretend DTS closes. */
  closing: AbortSignal
}

/** Fails the call; resolves to its outcome for the log. */
export async function deliverFault(fault: Fault, call: FaultyCall): Promise<string> {
  const { response } = call
  const answer = () => ('after' in fault && fault.after ? call.perform() : call.pretend())
  switch (fault.kind) {
    case 'error':
      if (fault.after) call.perform()
      sendAnswer(response, call.refuse(fault.code, fault.message))
      return fault.code
    case 'timeoutBefore':
      return fault.kind
    case 'timeoutAfter':
      call.perform()
      return fault.kind
    case 'resetBefore':
      response.socket?.resetAndDestroy()
      return fault.kind
    case 'resetAfter':
      call.perform()
      response.socket?.resetAndDestroy()
      return fault.kind
    case 'status':
      answer()
      sendPage(response, fault.status, fault.html)
      return fault.kind
    case 'html200':
      answer()
      sendPage(response, 200, '<html><body>Please log in to this network.</body></html>')
      return fault.kind
    case 'truncated': {
      const text = JSON.stringify(answer().body)
      sendText(response, text.slice(0, Math.floor(text.length / 2)))
      return fault.kind
    }
    case 'empty':
      answer()
      sendText(response, '')
      return fault.kind
    case 'wrongTypes':
      sendText(response, JSON.stringify({ Response: wrong(answer().body.Response) }))
      return fault.kind
    case 'huge':
      await sendHuge(response, answer(), fault.bytes)
      return fault.kind
    case 'slowDrip':
      return drip(call, fault.ms)
    case 'delay':
      return delay(call, fault.ms, fault.after)
  }
}

function sendPage(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(html)
}

function sendText(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(text)
}

/** The same object with every value of another type; the outermost shape stays an object. */
function wrong(value: object): object {
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, otherType(inner)]))
}

function otherType(value: unknown): unknown {
  if (typeof value === 'string') return 17
  if (typeof value === 'number') return 'seventeen'
  if (Array.isArray(value)) return { 0: value[0] ?? null }
  if (value === null) return false
  return [value]
}

async function sendHuge(response: ServerResponse, answer: Answer, bytes: number): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json' })
  // A careful caller hangs up before the end.
  await pipeline(padded(answer, bytes), response).catch(() => undefined)
}

function* padded({ body }: Answer, bytes: number) {
  const chunk = 'x'.repeat(64 * 1024)
  yield '{"Padding":"'
  for (let sent = 0; sent < bytes; sent += chunk.length) yield chunk
  yield `",${JSON.stringify(body).slice(1)}`
}

async function drip(call: FaultyCall, ms: number): Promise<string> {
  const answer = call.perform()
  const bytes = Buffer.from(JSON.stringify(answer.body))
  const portion = Math.max(1, Math.ceil(bytes.length / Math.max(1, ms / 10)))
  call.response.writeHead(200, { 'content-type': 'application/json' })
  for (let sent = 0; sent < bytes.length && !call.response.destroyed; sent += portion) {
    call.response.write(bytes.subarray(sent, sent + portion))
    await sleep((ms * portion) / bytes.length, undefined, { signal: call.closing })
  }
  call.response.end()
  return answer.outcome
}

async function delay(call: FaultyCall, ms: number, after: boolean): Promise<string> {
  const early = after ? call.perform() : undefined
  await sleep(ms, undefined, { signal: call.closing })
  const answer = early ?? call.perform()
  sendAnswer(call.response, answer)
  return answer.outcome
}
