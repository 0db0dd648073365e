import { z } from 'zod'
import {
  boxOption,
  distinctOptions,
  menuOption,
  oneSourceOfOptions,
  optionGroup,
  overflowOption,
} from './block-options.ts'
import { confirm, id, list, plainText, url, words } from './block-text.ts'

const action_id = id.optional()
const flag = z.boolean().optional()
const placeholder = plainText(150).optional()
const style = z.enum(['primary', 'danger']).optional()
const asks = { action_id, confirm: confirm.optional() }
const focuses = { ...asks, focus_on_load: flag }
const typed = {
  action_id,
  placeholder,
  focus_on_load: flag,
  dispatch_action_config: z
    .strictObject({
      trigger_actions_on: list(
        z.enum(['on_enter_pressed', 'on_character_entered']),
        1,
        2,
      ).optional(),
    })
    .optional(),
}
const picks = { ...focuses, placeholder }
const many = { ...picks, max_selected_items: z.int().min(1).optional() }
const choices = {
  options: list(menuOption, 1, 100).optional(),
  option_groups: list(optionGroup, 1, 100).optional(),
}
const filter = z
  .strictObject({
    include: list(z.enum(['im', 'mpim', 'private', 'public']), 1, 4),
    exclude_external_shared_channels: z.boolean(),
    exclude_bot_users: z.boolean(),
  })
  .partial()
  .optional()
const ids = z.array(z.string())
const conversation = { filter, default_to_current_conversation: flag }

export const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:mm')
/** Seconds since 1970, ten digits. */
export const moment = z.int().min(1_000_000_000).max(9_999_999_999)

export const button = z.strictObject({
  type: z.literal('button'),
  ...asks,
  text: plainText(75),
  value: words(2000).optional(),
  url: url.optional(),
  style,
  accessibility_label: words(75).optional(),
})

type Picture = { image_url?: unknown; slack_file?: unknown }

/** For `refine`. */
export const oneSourceOfImage = [
  (picture: Picture) => Boolean(picture.image_url) !== Boolean(picture.slack_file),
  'must have exactly one of image_url, slack_file',
] as const

export const image = z
  .strictObject({
    type: z.literal('image'),
    alt_text: words(2000),
    image_url: url.optional(),
    slack_file: z.strictObject({ id: z.string().optional(), url: url.optional() }).optional(),
  })
  .refine(...oneSourceOfImage)

const overflow = z
  .strictObject({
    type: z.literal('overflow'),
    ...asks,
    options: list(overflowOption, 1, 5),
  })
  .superRefine(distinctOptions)

const selects = [
  z
    .strictObject({
      type: z.literal('static_select'),
      ...picks,
      ...choices,
      initial_option: menuOption.optional(),
    })
    .superRefine(oneSourceOfOptions),
  z
    .strictObject({
      type: z.literal('multi_static_select'),
      ...many,
      ...choices,
      initial_options: list(menuOption, 1, 100).optional(),
    })
    .superRefine(oneSourceOfOptions),
  z.strictObject({
    type: z.literal('external_select'),
    ...picks,
    initial_option: menuOption.optional(),
    min_query_length: z.int().min(0).optional(),
  }),
  z.strictObject({
    type: z.literal('multi_external_select'),
    ...many,
    initial_options: list(menuOption, 1, 100).optional(),
    min_query_length: z.int().min(0).optional(),
  }),
  z.strictObject({
    type: z.literal('users_select'),
    ...picks,
    initial_user: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal('multi_users_select'),
    ...many,
    initial_users: ids.optional(),
  }),
  z.strictObject({
    type: z.literal('channels_select'),
    ...picks,
    initial_channel: z.string().optional(),
    response_url_enabled: flag,
  }),
  z.strictObject({
    type: z.literal('multi_channels_select'),
    ...many,
    initial_channels: ids.optional(),
  }),
  z.strictObject({
    type: z.literal('conversations_select'),
    ...picks,
    ...conversation,
    initial_conversation: z.string().optional(),
    response_url_enabled: flag,
  }),
  z.strictObject({
    type: z.literal('multi_conversations_select'),
    ...many,
    ...conversation,
    initial_conversations: ids.optional(),
  }),
  z
    .strictObject({
      type: z.literal('checkboxes'),
      ...focuses,
      options: list(boxOption, 1, 10),
      initial_options: list(boxOption, 1, 10).optional(),
    })
    .superRefine(distinctOptions),
  z
    .strictObject({
      type: z.literal('radio_buttons'),
      ...focuses,
      options: list(boxOption, 1, 10),
      initial_option: boxOption.optional(),
    })
    .superRefine(distinctOptions),
  z.strictObject({
    type: z.literal('datepicker'),
    ...picks,
    initial_date: z.iso.date().optional(),
  }),
  z.strictObject({
    type: z.literal('timepicker'),
    ...picks,
    initial_time: clockTime.optional(),
    timezone: z.string().optional(),
  }),
] as const

const dateTime = z.strictObject({
  type: z.literal('datetimepicker'),
  ...focuses,
  initial_date_time: moment.optional(),
})

const texts = [
  z.strictObject({
    type: z.literal('plain_text_input'),
    ...typed,
    initial_value: z.string().max(3000, 'must be less than 3001 characters').optional(),
    multiline: flag,
    min_length: z.int().min(0).max(3000).optional(),
    max_length: z.int().min(1).max(3000).optional(),
  }),
  z.strictObject({
    type: z.literal('email_text_input'),
    ...typed,
    initial_value: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal('url_text_input'),
    ...typed,
    initial_value: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal('number_input'),
    ...typed,
    is_decimal_allowed: z.boolean(),
    initial_value: z.string().optional(),
    min_value: z.string().optional(),
    max_value: z.string().optional(),
  }),
] as const

export const actionElement = z.discriminatedUnion('type', [button, overflow, dateTime, ...selects])
export const accessory = z.discriminatedUnion('type', [button, overflow, image, ...selects])
export const inputElement = z.discriminatedUnion('type', [dateTime, ...texts, ...selects])

/** Every element that a person can press, choose or type in. */
export type Element =
  | z.infer<typeof actionElement>
  | z.infer<typeof inputElement>
  | Exclude<z.infer<typeof accessory>, { type: 'image' }>
