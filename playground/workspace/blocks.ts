import { z } from 'zod'
import {
  accessory,
  actionElement,
  image,
  inputElement,
  oneSourceOfImage,
} from './block-elements.ts'
import { richText } from './block-rich-text.ts'
import { anyText, id, list, mrkdwn, plainText, words } from './block-text.ts'

const block_id = id.optional()

const actions = z.strictObject({
  type: z.literal('actions'),
  block_id,
  elements: list(actionElement, 1, 25),
})
const context = z.strictObject({
  type: z.literal('context'),
  block_id,
  elements: list(z.discriminatedUnion('type', [image, plainText(), mrkdwn()]), 1, 10),
})
const divider = z.strictObject({ type: z.literal('divider'), block_id })
const header = z.strictObject({ type: z.literal('header'), block_id, text: plainText(150) })
const imageBlock = z
  .strictObject({ ...image.shape, block_id, title: plainText(2000).optional() })
  .refine(...oneSourceOfImage)
const input = z.strictObject({
  type: z.literal('input'),
  block_id,
  label: plainText(2000),
  hint: plainText(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
  element: inputElement,
})
const section = z
  .strictObject({
    type: z.literal('section'),
    block_id,
    text: anyText().optional(),
    fields: list(anyText(2000), 1, 10).optional(),
    accessory: accessory.optional(),
    expand: z.boolean().optional(),
  })
  .refine((block) => block.text ?? block.fields, 'must have one of text, fields')

const rawText = z.strictObject({ type: z.literal('raw_text'), text: words(10_000) })
const rawNumber = z.strictObject({
  type: z.literal('raw_number'),
  value: z.number(),
  text: words(10_000),
})
const cell = z.discriminatedUnion('type', [rawText, rawNumber, richText])
const table = z.strictObject({
  type: z.literal('table'),
  block_id,
  rows: list(list(cell, 1, 20), 1, 100),
  column_settings: list(
    z.strictObject({
      align: z.enum(['left', 'center', 'right']).optional(),
      is_wrapped: z.boolean().optional(),
    }),
    0,
    20,
  ).optional(),
})
const alert = z.strictObject({
  type: z.literal('alert'),
  block_id,
  text: anyText(200),
  level: z.enum(['default', 'info', 'warning', 'error', 'success']).optional(),
})
const markdown = z.strictObject({ type: z.literal('markdown'), block_id, text: words(12_000) })
/**
 * Blocks with their documented limits. Any other is refused, also a newer one that Slack would take
 * and the page could not draw.
 */
export const block = z.discriminatedUnion('type', [
  actions,
  alert,
  context,
  divider,
  header,
  imageBlock,
  input,
  markdown,
  richText,
  section,
  table,
])

export type Block = z.infer<typeof block>
