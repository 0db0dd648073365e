import type { IncomingMessage } from 'node:http'

/**
 * Why a request is refused, or undefined. Another site could point its own name at 127.0.0.1, or send
 * forms here: only our own host names and our own page are answered.
 */
export function intruder({ headers, method }: IncomingMessage, port: number): string | undefined {
  const names = [`127.0.0.1:${port}`, `localhost:${port}`]
  const { host = '', origin } = headers
  if (!names.includes(host)) return `This page answers at http://${names[0]} only.`
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
