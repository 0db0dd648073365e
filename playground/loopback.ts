import type { IncomingMessage } from 'node:http'

/**
 * Whether a request is for this machine by name, at any port. A web page elsewhere may point a name of
 * its own at 127.0.0.1 (DNS rebinding), but the browser then sends that name as the host.
 */
export function isForLoopback({ headers }: IncomingMessage): boolean {
  return LOOPBACK.test(headers.host ?? '')
}

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i
