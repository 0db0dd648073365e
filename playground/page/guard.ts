import type { IncomingMessage } from 'node:http'
import { isForLoopback } from '../loopback.ts'

/**
 * Why a request is refused, or undefined. Another site could point its own name at 127.0.0.1, or send
 * forms here: only our own host names and our own page are answered.
 */
export function intruder(request: IncomingMessage): string | undefined {
  const { headers, method } = request
  const { host = '', origin } = headers
  if (!isForLoopback(request)) return 'This page answers to 127.0.0.1 and localhost only.'
  if (origin !== undefined && origin !== `http://${host}`)
    return `A page of ${origin} may not ask this one.`
  if (!['same-origin', 'none', undefined].includes(one(headers['sec-fetch-site']))) {
    return 'Another page may not ask this one.'
  }
  const isJson = headers['content-type']?.split(';')[0]?.trim() === 'application/json'
  if (method === 'POST' && !isJson) return 'Send application/json.'
  return undefined
}

function one(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header
}
