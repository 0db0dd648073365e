import type { Json } from './workspace.ts'

type Shown = { text?: string; blocks: Json[] }

/** What a person reads, line by line. Buttons stand in brackets. */
export function text({ blocks, text: fallback }: Shown, name = (id: string) => `@${id}`): string {
  if (blocks.length === 0) return fallback ?? ''
  return blocks.map((block) => blockText(block, name)).join('\n')
}

function blockText(block: Json, name: (id: string) => string): string {
  switch (block['type']) {
    case 'rich_text':
      return objects(block['elements'])
        .map((part) => partText(part, name))
        .join('\n')
    case 'section':
    case 'input': {
      const label = block['text'] ?? block['label']
      const element = block['accessory'] ?? block['element']
      return `${plain(label)}${element ? ` ${buttonText(element as Json)}` : ''}`
    }
    case 'actions':
      return objects(block['elements']).map(buttonText).join(' ')
    default:
      return plain(block['text'])
  }
}

function partText(part: Json, name: (id: string) => string): string {
  const inside = objects(part['elements'])
    .map((element) => elementText(element, name))
    .join('')
  if (part['type'] !== 'rich_text_quote') return inside
  return inside
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n')
}

function elementText(element: Json, name: (id: string) => string): string {
  switch (element['type']) {
    case 'user':
      return name(word(element['user_id']))
    case 'usergroup':
      return name(word(element['usergroup_id']))
    case 'channel':
      return name(word(element['channel_id']))
    case 'date':
      return word(element['fallback'])
    default:
      return word(element['text'])
  }
}

function buttonText(element: Json): string {
  return `[${plain(element['text'] ?? element['placeholder']) || word(element['type'])}]`
}

function plain(value: unknown): string {
  const words = (value as Json | undefined)?.['text']
  return typeof words === 'string' ? words : ''
}

/** Ids and broadcasts that the message would mention, as Slack parses it. */
export function pings(message: Shown): string[] {
  const parsed = mrkdwn(message).flatMap((words) =>
    [...words.matchAll(/<(?:@|!subteam\^|!)([A-Za-z0-9]+)[^>]*>/g)].map((found) => found[1] ?? ''),
  )
  const elements = everyElement(message.blocks).flatMap((element) => {
    const id = element['user_id'] ?? element['usergroup_id'] ?? element['range']
    return typeof id === 'string' && element['type'] !== 'channel' ? [id] : []
  })
  return [...parsed, ...elements]
}

/** Where the message would lead, as Slack parses it: also bare addresses. */
export function links(message: Shown): string[] {
  const parsed = mrkdwn(message).flatMap((words) =>
    [...words.matchAll(/https?:\/\/[^\s|>]+|\b[a-z0-9-]+\.[a-z]{2,}\b/gi)].map((found) => found[0]),
  )
  const elements = everyElement(message.blocks).flatMap((element) =>
    element['type'] === 'link' ? [word(element['url'])] : [],
  )
  return [...parsed, ...elements]
}

/** Every text that Slack parses: the fallback, and mrkdwn objects without `verbatim`. */
function mrkdwn({ text: fallback, blocks }: Shown): string[] {
  const found: string[] = fallback ? [fallback] : []
  walk(blocks, (node) => {
    if (node['type'] === 'mrkdwn' && node['verbatim'] !== true) found.push(word(node['text']))
  })
  return found
}

function everyElement(blocks: Json[]): Json[] {
  const found: Json[] = []
  walk(blocks, (node) => found.push(node))
  return found
}

function walk(node: unknown, visit: (node: Json) => void): void {
  if (typeof node !== 'object' || node === null) return
  if (!Array.isArray(node)) visit(node as Json)
  for (const child of Object.values(node)) walk(child, visit)
}

function objects(value: unknown): Json[] {
  return Array.isArray(value) ? (value as Json[]) : []
}

function word(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
