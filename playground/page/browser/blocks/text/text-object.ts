import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { object, said } from '../json.ts'
import { withEmoji } from './emoji.ts'
import { mrkdwn } from './mrkdwn.ts'
import { richText } from './rich-text.ts'

/** A `plain_text` or `mrkdwn` object; undefined if it says nothing. */
export function textObject(value: unknown): VNode | undefined {
  const text = object(value)
  if (text['type'] !== 'mrkdwn') return plain(plainWords(value))
  return richText(mrkdwn(said(text), text['verbatim'] === true)) ?? plain(said(text))
}

/** What a `plain_text` object reads like. */
export function plainWords(value: unknown): string {
  return object(value)['emoji'] === false ? said(value) : withEmoji(said(value))
}

/** Nothing in it is parsed; undefined if it is blank. */
export function plain(text: string): VNode | undefined {
  return text.trim() ? html`<div class="bk-text">${text}</div>` : undefined
}
