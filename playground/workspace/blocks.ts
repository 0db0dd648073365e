import { z } from 'zod'
import { accessory, actionElement, button, image, inputElement } from './block-elements.ts'
import { richText } from './block-rich-text.ts'
import { anyText, id, list, mrkdwn, plainText, url, words } from './block-text.ts'

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
const file = z.strictObject({
  type: z.literal('file'),
  block_id,
  external_id: id,
  source: z.literal('remote'),
})
const header = z.strictObject({ type: z.literal('header'), block_id, text: plainText(150) })
const imageBlock = z.strictObject({
  ...image.shape,
  block_id,
  title: plainText(2000).optional(),
})
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
const dataTable = z
  .strictObject({
    type: z.literal('data_table'),
    block_id,
    caption: words(3000),
    rows: list(list(cell, 1, 20), 2, 101),
    page_size: z.int().min(1).max(100).optional(),
    row_header_column_index: z.int().min(0).optional(),
  })
  .refine(
    ({ rows }) => rows[0]?.every(({ type }) => type !== 'rich_text'),
    'header cells must not be rich_text',
  )
const video = z.strictObject({
  type: z.literal('video'),
  block_id,
  video_url: url,
  thumbnail_url: url,
  alt_text: words(2000),
  title: plainText(200),
  title_url: url.optional(),
  author_name: words(50).optional(),
  provider_name: z.string().optional(),
  provider_icon_url: url.optional(),
  description: plainText(200).optional(),
})
const alert = z.strictObject({
  type: z.literal('alert'),
  block_id,
  text: anyText(200),
  level: z.enum(['default', 'info', 'warning', 'error', 'success']).optional(),
})
const card = z.strictObject({
  type: z.literal('card'),
  block_id,
  hero_image: image.optional(),
  icon: image.optional(),
  title: mrkdwn(150).optional(),
  subtitle: mrkdwn(150).optional(),
  body: mrkdwn(200).optional(),
  actions: list(button, 1, 3).optional(),
})
const carousel = z.strictObject({
  type: z.literal('carousel'),
  block_id,
  elements: list(card, 1, 10),
})
const container = z.strictObject({
  type: z.literal('container'),
  block_id,
  title: plainText(150).optional(),
  rich_text_title: richText.optional(),
  subtitle: anyText(150).optional(),
  width: z.enum(['narrow', 'standard', 'wide', 'full']).optional(),
  icon: image.optional(),
  is_collapsible: z.boolean().optional(),
  default_collapsed: z.boolean().optional(),
  has_header_divider: z.boolean().optional(),
  child_blocks: list(
    z.discriminatedUnion('type', [
      actions,
      context,
      divider,
      file,
      header,
      imageBlock,
      input,
      richText,
      section,
      table,
      video,
    ]),
    1,
    10,
  ),
})
const feedback = z.strictObject({
  text: plainText(75),
  value: words(2000),
  accessibility_label: words(75).optional(),
})
const contextActions = z.strictObject({
  type: z.literal('context_actions'),
  block_id,
  elements: list(
    z.discriminatedUnion('type', [
      z.strictObject({
        type: z.literal('feedback_buttons'),
        action_id: id.optional(),
        positive_button: feedback,
        negative_button: feedback,
      }),
      z.strictObject({
        type: z.literal('icon_button'),
        action_id: id.optional(),
        icon: words(75),
        text: plainText(75),
        value: words(2000).optional(),
        accessibility_label: words(75).optional(),
        visible_to_user_ids: z.array(z.string()).optional(),
      }),
    ]),
    1,
    5,
  ),
})
const markdown = z.strictObject({ type: z.literal('markdown'), block_id, text: words(12_000) })
const taskCard = z.strictObject({
  type: z.literal('task_card'),
  block_id,
  task_id: id,
  title: words(3000),
  status: z.enum(['pending', 'in_progress', 'complete', 'error']),
  details: richText.optional(),
  output: richText.optional(),
  sources: z.array(z.strictObject({ type: z.literal('url'), url, text: words(3000) })).optional(),
})
const plan = z.strictObject({
  type: z.literal('plan'),
  block_id,
  title: words(3000),
  tasks: z.array(taskCard).optional(),
})

/** Every block that Slack draws, with its documented limits. What is not listed is refused. */
export const block = z.discriminatedUnion('type', [
  actions,
  alert,
  card,
  carousel,
  container,
  context,
  contextActions,
  dataTable,
  divider,
  file,
  header,
  imageBlock,
  input,
  markdown,
  plan,
  richText,
  section,
  table,
  taskCard,
  video,
])

export type Block = z.infer<typeof block>
export type Cell = z.infer<typeof cell>
