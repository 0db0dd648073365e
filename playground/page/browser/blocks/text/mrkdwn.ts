import type { Json } from '../props.ts'
import { angle, unescaped } from './angle.ts'

type Style = Record<string, true>

/** Slack's mrkdwn as the parts of a rich text: sections, quotes, preformatted text. */
export function mrkdwn(text: string, verbatim: boolean): Json[] {
  return text.split(FENCED).flatMap((piece, index) => {
    if (index % 2 === 1) return [{ ...preformatted, elements: within(piece, {}) }]
    const edge = index > 0 ? piece.replace(/^\n/, '') : piece
    return lines(edge, (line) => inline(line, {}, verbatim))
  })
}

const FENCED = /```\n?([^]+?)\n?```/
const preformatted = { type: 'rich_text_preformatted' }

function lines(text: string, read: (text: string) => Json[]): Json[] {
  const parts: { type: string; lines: string[] }[] = []
  let rest = false
  for (const line of text.split('\n')) {
    rest ||= /^(?:>|&gt;){3}/.test(line)
    const quoted = rest || /^(?:>|&gt;)/.test(line)
    const type = quoted ? 'rich_text_quote' : 'rich_text_section'
    const shown = quoted ? line.replace(/^(?:(?:>|&gt;){3}|>|&gt;)? ?/, '') : line
    const last = parts.at(-1)
    if (last?.type === type) last.lines.push(shown)
    else parts.push({ type, lines: [shown] })
  }
  return parts
    .filter((part) => part.lines.some(Boolean))
    .map((part) => ({ type: part.type, elements: read(part.lines.join('\n')) }))
}

const ANGLE = '<(?<inside>[^<>\\n]+)>'
const CODE = '`(?<code>[^`\\n]+)`'
/** Marks count at the edge of a word only; code and angle brackets between them stay whole. */
const BETWEEN = '(?:<[^<>\\n]+>|`[^`\\n]+`|<(?![^<>\\n]+>)|`(?![^`\\n]+`)|[^<`\\n])+?'
const MARKED = `(?<![\\p{L}\\p{N}*_~])(?<mark>[*_~])(?=\\S)(?<marked>${BETWEEN})(?<=\\S)\\k<mark>(?![\\p{L}\\p{N}*_~])`
const EMOJI = ':(?<emoji>[a-z0-9_+-]+):'
const ADDRESS = '(?<address>https?://[^\\s<>|`]*[^\\s<>|`*_~.,;:!?)\\]])'

const VERBATIM = new RegExp([CODE, ANGLE, MARKED, EMOJI].join('|'), 'gu')
const EVERYTHING = new RegExp([CODE, ANGLE, ADDRESS, MARKED, EMOJI].join('|'), 'gu')
const ANGLES = new RegExp(ANGLE, 'gu')

const STYLES: Record<string, string> = { '*': 'bold', _: 'italic', '~': 'strike' }

function inline(text: string, style: Style, verbatim: boolean): Json[] {
  return found(text, verbatim ? VERBATIM : EVERYTHING, style, (groups) => {
    const { code, inside, mark, marked, emoji, address } = groups
    if (code) return within(code, { ...style, code: true })
    if (inside) return one(angle(inside, style))
    if (mark && marked) {
      return inline(marked, { ...style, [STYLES[mark] ?? '']: true }, verbatim)
    }
    if (emoji) return [{ type: 'emoji', name: emoji, style }]
    return address ? [{ type: 'link', url: unescaped(address), style }] : undefined
  })
}

/** Code: nothing but angle brackets is read. */
function within(text: string, style: Style): Json[] {
  return found(text, ANGLES, style, ({ inside = '' }) => one(angle(inside, style)))
}

/** What `pattern` finds, read by `read` (undefined: it is only text), and the text between. */
function found(
  text: string,
  pattern: RegExp,
  style: Style,
  read: (groups: Record<string, string | undefined>) => Json[] | undefined,
): Json[] {
  const elements: Json[] = []
  let from = 0
  for (const match of text.matchAll(pattern)) {
    const inside = read(match.groups ?? {})
    if (!inside) continue
    elements.push(...plain(text.slice(from, match.index), style), ...inside)
    from = match.index + match[0].length
  }
  return [...elements, ...plain(text.slice(from), style)]
}

function plain(text: string, style: Style): Json[] {
  return text ? [{ type: 'text', text: unescaped(text), style }] : []
}

function one(element: Json | undefined): Json[] | undefined {
  return element && [element]
}
