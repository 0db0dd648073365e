import { z } from 'zod'
import type { Json } from './workspace.ts'

export type Arguments = {
  args: Json
  refused?: 'invalid_json' | 'json_not_object' | 'invalid_post_type'
}

/** Reads the arguments of a Web API call. */
export function readArguments(contentType: string, body: string): Arguments {
  const [type = ''] = contentType.split(';')
  switch (type.trim()) {
    case 'application/json': {
      const read = parsed(body)
      if (read === NOT_JSON) return { args: {}, refused: 'invalid_json' }
      const { data } = z.record(z.string(), z.unknown()).safeParse(read)
      return data ? { args: data } : { args: {}, refused: 'json_not_object' }
    }
    case '':
    case 'text/plain':
    case 'application/x-www-form-urlencoded':
      return { args: form(body) }
    default:
      return { args: {}, refused: 'invalid_post_type' }
  }
}

/** Real clients send a form whose structured fields are JSON text. */
function form(body: string): Json {
  const args: Json = Object.fromEntries(new URLSearchParams(body))
  for (const field of ['blocks', 'view', 'metadata', 'attachments']) {
    const value = args[field]
    if (typeof value !== 'string') continue
    const read = parsed(value)
    if (read !== NOT_JSON) args[field] = read
  }
  return args
}

const NOT_JSON = Symbol('not JSON')

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return NOT_JSON
  }
}
