import type { ServerResponse } from 'node:http'

/** Milliseconds in which several changes are sent as one. */
const TOGETHER = 15
const HEARTBEAT = 15_000

/**
 * Server-sent events: the whole value at once, and again after every change. `watch` calls back
 * when something may have changed and returns how to stop that.
 */
export function streamLive(
  response: ServerResponse,
  value: () => unknown,
  watch: (changed: () => void) => () => void,
): void {
  let sent = ''
  let timer: NodeJS.Timeout | undefined
  const send = (): void => {
    timer = undefined
    const now = JSON.stringify(value())
    if (now === sent) return
    sent = now
    response.write(`data: ${now}\n\n`)
  }
  const unwatch = watch(() => (timer ??= setTimeout(send, TOGETHER)))
  const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT)
  response.on('close', () => {
    unwatch()
    clearInterval(heartbeat)
    clearTimeout(timer)
  })
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  send()
}
