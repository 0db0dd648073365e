import { z } from 'zod'
import type { Json } from './workspace.ts'

/** Reads the arguments of a Web API call: a form, or JSON. Throws for JSON that is no object. */
export function readArguments(contentType: string, body: string): Json {
  if (!contentType.startsWith('application/json')) return form(body)
  return z.record(z.string(), z.unknown()).parse(JSON.parse(body))
}

/** Real clients send a form whose structured fields are JSON text. */
function form(body: string): Json {
  const args: Json = Object.fromEntries(new URLSearchParams(body))
  for (const field of ['blocks', 'view', 'metadata', 'attachments']) {
    const value = args[field]
    if (typeof value === 'string') args[field] = parsed(value)
  }
  return args
}

/** Text that is not JSON stays text, for the method to refuse. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
