/**
 * The `text` of a message: what phones show in a notification, screen readers read, and people see where
 * Slack rejects the blocks. Slack parses it as mrkdwn, so what comes from outside is defused first.
 */
import type { types } from '@slack/bolt'
import type { Migration } from '../migration/migration.ts'
import { type Line, type Piece, oneLine } from './rich.ts'

/** Text from outside: it reads as it is, and mentions, links and formats nothing. */
export function defused(text: string, max: number): string {
  return harmless(oneLine(text, max))
}

function harmless(text: string): string {
  return text
    .replace(/[*~`]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '')
    .replace(/[.:/@#](?=\S)/g, `$&${WORD_JOINER}`)
    .replace(/[&<>]/g, (sign) => ENTITIES[sign] ?? '')
}

/** Invisible. Slack then finds neither an address nor an emoji in the text. */
const WORD_JOINER = '\u2060'
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** A job by its name and its id. */
export function jobInText({ snapshot, job }: Pick<Migration, 'snapshot' | 'job'>): string {
  return `${defused(snapshot.name, NAME)} (${job.id})`
}

/** A notification has room for little else. */
const NAME = 60

/** What lines of rich text say: the first whole ones, as far as a phone shows them. */
export function textOf(said: Line[]): string {
  const shown: string[] = []
  for (const line of said) {
    const text = line.map(pieceText).join('')
    if (shown.length > 0 && [...shown, text].join(' ').length > LONGEST) break
    if (text) shown.push(text)
  }
  return shown.join(' ')
}

function pieceText(piece: Piece): string {
  return typeof piece === 'string' ? harmless(piece) : elementText(piece)
}

function elementText(element: types.RichTextElement): string {
  switch (element.type) {
    case 'text':
      return defused(element.text, LONGEST_PART)
    case 'user':
      return `<@${element.user_id}>`
    case 'usergroup':
      return `<!subteam^${element.usergroup_id}>`
    case 'channel':
      return `<#${element.channel_id}>`
    case 'link':
      return defused(element.text ?? '', LONGEST_PART)
    case 'date':
      return `<!date^${element.timestamp}^${element.format}|${element.fallback ?? ''}>`
    case 'broadcast':
    case 'color':
    case 'emoji':
    case 'team':
      return ''
  }
}

const LONGEST = 300
const LONGEST_PART = 120
