import type { Json } from '../props.ts'
import { angle } from './angle.ts'

type Style = Record<string, true>

/**
 * The text of a markdown block as the parts of a rich text. A subset: headings are bold lines,
 * pictures are links, tables stay as typed, markup of HTML is only text.
 */
export function markdown(text: string): Json[] {
  return text.split(FENCED).flatMap((piece, index) =>
    index % 2 === 1
      ? [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: piece }] }]
      : piece
          .split('\n')
          .filter((line) => line.trim())
          .map(line),
  )
}

const FENCED = /^```[^\n]*\n([^]+?)\n?```$/m

function line(text: string): Json {
  const [, heading] = /^#{1,6} +(.*)$/.exec(text) ?? []
  if (heading) return section(heading, { bold: true })
  const [, quoted] = /^> ?(.*)$/.exec(text) ?? []
  if (quoted) return { type: 'rich_text_quote', elements: inline(quoted, {}) }
  const [, space = '', digits, item] = /^( *)(?:[-*+]|(\d{1,9})[.)]) +(.*)$/.exec(text) ?? []
  if (item) {
    const style = digits ? { style: 'ordered', offset: Number(digits) - 1 } : { style: 'bullet' }
    const indent = Math.min(8, Math.floor(space.length / 2))
    return { type: 'rich_text_list', ...style, indent, elements: [section(item, {})] }
  }
  return section(/^([-*_])\1{2,}\s*$/.test(text) ? '———' : text, {})
}

function section(text: string, style: Style): Json {
  return { type: 'rich_text_section', elements: inline(text, style) }
}

const MARKS = [
  String.raw`\\(?<escaped>[\\*_~\x60\[\]()#>!-])`,
  '`(?<code>[^`]+)`',
  String.raw`!?\[(?<label>[^\[\]]+)\]\((?<url>[^\s()]+)\)`,
  '<(?<inside>[^<>]+)>',
  String.raw`(?<strong>\*\*|__)(?<bold>\S(?:.*?\S)?)\k<strong>`,
  String.raw`~~(?<strike>\S(?:.*?\S)?)~~`,
  String.raw`(?<![\p{L}\p{N}])(?<mark>[*_])(?<italic>[^\s*_](?:[^*_]*[^\s*_])?)\k<mark>(?![\p{L}\p{N}])`,
  String.raw`(?<address>https?://[^\s<>|\x60]*[^\s<>|\x60*_~.,;:!?)\]])`,
]

function inline(text: string, style: Style): Json[] {
  const elements: Json[] = []
  let from = 0
  for (const match of text.matchAll(new RegExp(MARKS.join('|'), 'gu'))) {
    const inside = marked(match.groups ?? {}, style)
    if (!inside) continue
    elements.push(...plain(text.slice(from, match.index), style), ...inside)
    from = match.index + match[0].length
  }
  return [...elements, ...plain(text.slice(from), style)]
}

function marked(groups: Record<string, string | undefined>, style: Style): Json[] | undefined {
  const { escaped, code, label, url, inside, bold, strike, italic, address } = groups
  if (escaped) return plain(escaped, style)
  if (code) return plain(code, { ...style, code: true })
  if (label && url) return [{ type: 'link', url, text: label, style }]
  if (bold) return inline(bold, { ...style, bold: true })
  if (strike) return inline(strike, { ...style, strike: true })
  if (italic) return inline(italic, { ...style, italic: true })
  if (address) return [{ type: 'link', url: address, style }]
  const element = inside && angle(inside, style)
  return element ? [element] : undefined
}

function plain(text: string, style: Style): Json[] {
  return text ? [{ type: 'text', text, style }] : []
}
