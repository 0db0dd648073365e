/**
 * Rich text: the part of Block Kit that Slack does not parse, so that nothing in a job name, a
 * reason or an error can ping, link or format. Everything we say to people is made of it.
 */
import type { types } from '@slack/bolt'
import { clip, LIMITS } from './limits.ts'

type Element = types.RichTextElement
/** A plain string is our own text; text from outside goes through `outside`, `bold` or `code`. */
export type Piece = string | Element
export type Line = Piece[]

/** Text from outside, on one line. */
export function outside(text: string, max: number = LIMITS.name): Piece {
  return { type: 'text', text: oneLine(text, max) }
}

export function bold(text: string): Piece {
  return { type: 'text', text: oneLine(text, LIMITS.name), style: { bold: true } }
}

/** For what a machine needs to find again: whole, so never pass more than an id. */
export function code(text: string): Piece {
  return { type: 'text', text: oneLine(text, LIMITS.name), style: { code: true } }
}

export function user(id: string): Piece {
  return { type: 'user', user_id: id }
}

/** A user (`U…`, `W…`) or a user group (`S…`). */
function mention(id: string): Piece {
  return id.startsWith('S') ? { type: 'usergroup', usergroup_id: id } : user(id)
}

/** `@oncall, @someone`: mentions everybody in it. */
export function mentions(people: string[]): Line {
  return people.flatMap((id, index) => (index > 0 ? [', ', mention(id)] : [mention(id)]))
}

export function channel(id: string): Piece {
  return { type: 'channel', channel_id: id }
}

export function link(url: string, text: string): Piece {
  return { type: 'link', url, text }
}

/** A moment (ISO 8601) in each reader's own time zone. */
export function moment(iso: string, format = '{date_short_pretty} {time}'): Piece {
  const timestamp = Math.floor(Date.parse(iso) / 1000)
  return { type: 'date', timestamp, format, fallback: `${iso.slice(0, 16).replace('T', ' ')} UTC` }
}

/** One block of lines. Empty lines are left out. */
export function lines(...all: Line[]): types.RichTextBlock {
  const elements = all
    .filter((line) => line.length > 0)
    .flatMap((line, index) => [...(index > 0 ? [newline] : []), ...line.map(element)])
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }
}

/** Words of a person or of DTS, set apart, line breaks kept: each may be a line on a phone. */
export function quote(text: string, max: number): types.RichTextBlock {
  const element: Element = { type: 'text', text: clip(printable(text).trim(), max) || '–' }
  return { type: 'rich_text', elements: [{ type: 'rich_text_quote', elements: [element] }] }
}

const newline: Element = { type: 'text', text: '\n' }

function element(piece: Piece): Element {
  return typeof piece === 'string' ? { type: 'text', text: piece } : piece
}

/** Without line breaks and whatever else could forge more than one line; never empty. */
export function oneLine(text: string, max: number): string {
  return clip(printable(text).replace(/\s+/g, ' ').trim(), max) || '–'
}

/** Without control characters and without those that turn the direction of text (forged order). */
function printable(text: string): string {
  return text.replace(/\p{Bidi_Control}|(?!\n)\p{Cc}/gu, (found) => (found === '\t' ? ' ' : ''))
}
