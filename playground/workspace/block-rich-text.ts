import { z } from 'zod'
import { id, list, url, words } from './block-text.ts'

const style = z
  .strictObject({
    bold: z.boolean(),
    italic: z.boolean(),
    strike: z.boolean(),
    underline: z.boolean(),
    code: z.boolean(),
    highlight: z.boolean(),
    client_highlight: z.boolean(),
    unlink: z.boolean(),
  })
  .partial()
  .optional()

const text = z.strictObject({ type: z.literal('text'), text: words(13_200), style })
const link = z.strictObject({
  type: z.literal('link'),
  url,
  text: z.string().optional(),
  unsafe: z.boolean().optional(),
  style,
})

/** What stands in a line of rich text. Nothing in it is parsed: a mention is an element. */
const richTextElement = z.discriminatedUnion('type', [
  text,
  link,
  z.strictObject({
    type: z.literal('user'),
    user_id: z.string().regex(/^[UW][A-Z0-9]+$/, 'must be a user id'),
    style,
  }),
  z.strictObject({
    type: z.literal('usergroup'),
    usergroup_id: z.string().regex(/^S[A-Z0-9]+$/, 'must be a user group id'),
    style,
  }),
  z.strictObject({
    type: z.literal('channel'),
    channel_id: z.string().regex(/^[CGD][A-Z0-9]+$/, 'must be a channel id'),
    style,
  }),
  z.strictObject({ type: z.literal('team'), team_id: words(20), style }),
  z.strictObject({
    type: z.literal('broadcast'),
    range: z.enum(['here', 'channel', 'everyone']),
    style,
  }),
  z.strictObject({
    type: z.literal('emoji'),
    name: words(100),
    unicode: z.string().optional(),
    url: z.string().optional(),
    skin_tone: z.int().optional(),
    style,
  }),
  z.strictObject({
    type: z.literal('date'),
    timestamp: z.int(),
    format: words(255).regex(/\{.+\}/, 'must contain a date token'),
    url: url.optional(),
    fallback: words(3000).optional(),
    style,
  }),
  z.strictObject({ type: z.literal('color'), value: words(20), style }),
])

const border = z.union([z.literal(0), z.literal(1)]).optional()
const section = z.strictObject({
  type: z.literal('rich_text_section'),
  elements: list(richTextElement, 1, 1000),
})

export const richText = z.strictObject({
  type: z.literal('rich_text'),
  block_id: id.optional(),
  elements: list(
    z.discriminatedUnion('type', [
      section,
      z.strictObject({
        type: z.literal('rich_text_quote'),
        elements: z.array(richTextElement),
        border,
      }),
      z.strictObject({
        type: z.literal('rich_text_preformatted'),
        elements: z.array(z.discriminatedUnion('type', [text, link])),
        border,
        language: z.string().optional(),
      }),
      z.strictObject({
        type: z.literal('rich_text_list'),
        style: z.enum(['bullet', 'ordered']),
        elements: z.array(section),
        indent: z.int().min(0).max(8).optional(),
        offset: z.int().min(0).optional(),
        border,
      }),
    ]),
    1,
    1000,
  ),
})
