import type { Json } from './workspace.ts'

type Shown = { text?: string; blocks: Json[] }
type Names = (id: string) => string

/**
 * What a person reads, line by line: `[Approve]`, `Label: [ ]`, `> quoted`, dates as fallback.
 * `name` gives people, groups and channels their sign too: `@Ann`, `#db`.
 */
export function text({ blocks, text: fallback }: Shown, name: Names = idAsName): string {
  if (blocks.length === 0) return readMrkdwn(fallback ?? '', name)
  return blocks.flatMap((block) => blockLines(block, name)).join('\n')
}

/** Ids and broadcasts (`here`) that the message would mention, as Slack parses it; each once. */
export function pings(message: Shown): string[] {
  // Code spans and `verbatim` do not count: whether Slack resolves mentions in the former is not
  // documented, and the latter only turns off what is written without angle brackets.
  const parsed = parsedTexts(message).flatMap(({ words }) =>
    angles(words).flatMap((inside) => MENTION.exec(inside)?.slice(1).filter(Boolean) ?? []),
  )
  const elements = nodesOf(message.blocks).map((node) => {
    if (node['type'] === 'user') return word(node['user_id'])
    if (node['type'] === 'usergroup') return word(node['usergroup_id'])
    return node['type'] === 'broadcast' ? word(node['range']) : ''
  })
  return once([...parsed, ...elements])
}

/** Where the message would lead, as Slack parses it: also bare addresses; each once. */
export function links(message: Shown): string[] {
  const parsed = parsedTexts(message).flatMap(({ words, verbatim }) => [
    ...angles(words).flatMap(linkInAngles),
    ...(verbatim ? [] : bareLinks(words)),
  ])
  const elements = nodesOf(message.blocks).map((node) =>
    node['type'] === 'link' || node['type'] === 'date' ? word(node['url']) : '',
  )
  return once([...parsed, ...elements])
}

const MENTION =
  /^(?:@([A-Za-z0-9]+)|!subteam\^([A-Za-z0-9]+)|!(here|channel|everyone|group))(?:\||$)/

/** Starts once for each run of letters, so that long text without an address stays cheap. */
const ADDRESS =
  /https?:\/\/[^\s<>|]+|(?<![\p{L}\p{N}.-])(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?:[:/?#][^\s<>|]*)?/giu

function idAsName(id: string): string {
  return `@${id}`
}

function blockLines(block: Json, name: Names): string[] {
  switch (block['type']) {
    case 'rich_text':
      return objects(block['elements']).flatMap((part) => partLines(part, name))
    case 'section': {
      const lines = [block['text'], ...objects(block['fields'])].map((one) => worded(one, name))
      const said = lines.filter(Boolean).join('\n')
      return [[said, label(block['accessory'])].filter(Boolean).join(' ')]
    }
    case 'input': {
      const asked = worded(block['label'], name)
      return [`${asked}${/[?:]$/.test(asked) ? '' : ':'} [ ]`]
    }
    case 'context':
      return [joined(block['elements'], (one) => worded(one, name) || label(one))]
    case 'actions':
      return [joined(block['elements'], label)]
    case 'table':
      return rows(block['rows']).map((cells) =>
        cells.map((cell) => blockLines(cell, name).join(' ')).join(' | '),
      )
    case 'raw_text':
    case 'raw_number':
    case 'markdown':
      return [word(block['text'])]
    case 'image':
      return [worded(block['title'], name), label(block)].filter(Boolean)
    case 'divider':
      return []
    default:
      return [worded(block['text'], name)]
  }
}

function partLines(part: Json, name: Names): string[] {
  const inside = objects(part['elements'])
  switch (part['type']) {
    case 'rich_text_list':
      return inside.map((item) => `• ${partLines(item, name).join('\n')}`)
    case 'rich_text_quote':
      return elementsText(inside, name)
        .split('\n')
        .map((line) => `> ${line}`)
    default:
      return [elementsText(inside, name)]
  }
}

function elementsText(elements: Json[], name: Names): string {
  return elements.map((element) => elementText(element, name)).join('')
}

function elementText(element: Json, name: Names): string {
  switch (element['type']) {
    case 'user':
      return name(word(element['user_id']))
    case 'usergroup':
      return name(word(element['usergroup_id']))
    case 'channel':
      return name(word(element['channel_id']))
    case 'broadcast':
      return `@${word(element['range'])}`
    case 'emoji':
      return `:${word(element['name'])}:`
    case 'date':
      return word(element['fallback'])
    case 'link':
      return word(element['text']) || word(element['url'])
    default:
      return word(element['text'])
  }
}

/** A button, a select with what is chosen in it, or a picture. */
function label(element: unknown): string {
  if (!isObject(element)) return ''
  if (element['type'] === 'image') return `(${word(element['alt_text'])})`
  const chosen = isObject(element['initial_option']) ? element['initial_option']['text'] : undefined
  const shown = [chosen, element['text'], element['placeholder']].find(isObject)
  return `[${word(shown?.['text']) || word(element['type'])}]`
}

/** What a text object says. */
function worded(value: unknown, name: Names): string {
  if (!isObject(value)) return ''
  const words = word(value['text'])
  return value['type'] === 'mrkdwn' ? readMrkdwn(words, name) : words
}

function readMrkdwn(words: string, name: Names): string {
  return unescaped(
    words.replace(ANGLES, (_, inside: string) => {
      const [target = '', shown] = inside.split('|')
      const [, user, group, broadcast] = MENTION.exec(inside) ?? []
      if (user ?? group) return name(user ?? group ?? '')
      if (broadcast) return `@${broadcast}`
      return target.startsWith('#') ? name(target.slice(1)) : (shown ?? target)
    }),
  )
}

const ANGLES = /<([^<>]+)>/g

function angles(words: string): string[] {
  return [...words.matchAll(ANGLES)].map((found) => found[1] ?? '')
}

function linkInAngles(inside: string): string[] {
  const [target = ''] = inside.split('|')
  if (target.startsWith('!date^')) return target.split('^').slice(3).map(unescaped)
  return /^[@#!]/.test(target) ? [] : [unescaped(target)]
}

function bareLinks(words: string): string[] {
  const outside = unescaped(words.replace(ANGLES, ' '))
  return [...outside.matchAll(ADDRESS)].map(([address]) => address)
}

/** Once: `&amp;lt;` reads `&lt;`. */
function unescaped(words: string): string {
  return words.replace(/&(lt|gt|amp);/g, (_, entity: string) => ENTITIES[entity] ?? '')
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&' }

/** Every text that Slack parses: the fallback, mrkdwn objects and markdown blocks. */
function parsedTexts({ text: fallback, blocks }: Shown): { words: string; verbatim: boolean }[] {
  const parsed = nodesOf(blocks)
    .filter(({ type }) => type === 'mrkdwn' || type === 'markdown')
    .map((node) => ({ words: word(node['text']), verbatim: node['verbatim'] === true }))
  return [{ words: fallback ?? '', verbatim: false }, ...parsed]
}

function nodesOf(node: unknown): Json[] {
  if (typeof node !== 'object' || node === null) return []
  return [...(isObject(node) ? [node] : []), ...Object.values(node).flatMap(nodesOf)]
}

function joined(value: unknown, read: (one: Json) => string): string {
  return objects(value).map(read).join(' ')
}

function rows(value: unknown): Json[][] {
  return Array.isArray(value) ? value.map(objects) : []
}

function objects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function word(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function once(found: string[]): string[] {
  return [...new Set(found.filter(Boolean))]
}
