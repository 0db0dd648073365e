import type { Json } from '../props.ts'
import { safe } from './link.ts'

/**
 * What stands in angle brackets, as an element of rich text: a mention, a date, a link. Undefined
 * for anything else, which is shown as it is.
 */
export function angle(inside: string, style: Json): Json | undefined {
  const [target = '', ...rest] = inside.split('|')
  const label = unescaped(rest.join('|'))
  const [, sign, id] = /^(@|#|!subteam\^|!)(\w+)$/.exec(target) ?? []
  switch (sign) {
    case '@':
      return { type: 'user', user_id: id, style }
    case '#':
      return { type: 'channel', channel_id: id, style }
    case '!subteam^':
      return { type: 'usergroup', usergroup_id: id, style }
    case '!':
      return ['here', 'channel', 'everyone'].includes(id ?? '')
        ? { type: 'broadcast', range: id, style }
        : undefined
    default:
      return date(target, label, style) ?? address(unescaped(target), label, style)
  }
}

function date(target: string, fallback: string, style: Json): Json | undefined {
  const [name, timestamp = '', format = '', url = ''] = target.split('^')
  if (name !== '!date' || !/^\d+$/.test(timestamp) || !format) return undefined
  const link = url ? { url: unescaped(url) } : {}
  const formatted = { timestamp: Number(timestamp), format: unescaped(format) }
  return { type: 'date', ...formatted, ...link, fallback, style }
}

function address(url: string, label: string, style: Json): Json | undefined {
  return safe(url) ? { type: 'link', url, ...(label ? { text: label } : {}), style } : undefined
}

/** Once: `&amp;lt;` reads `&lt;`. */
export function unescaped(text: string): string {
  return text.replace(/&(lt|gt|amp);/g, (entity) => ENTITIES.get(entity) ?? entity)
}

const ENTITIES = new Map([
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&amp;', '&'],
])
