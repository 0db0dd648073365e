import { z } from 'zod'

/** Characters from 1 to `max`, counted as Slack counts them. */
export function words(max: number) {
  return z
    .string()
    .min(1, 'must be more than 0 characters')
    .max(max, `must be less than ${max + 1} characters`)
}

/** `block_id`, `action_id` and the like. */
export const id = words(255)

const plainFields = { type: z.literal('plain_text'), emoji: z.boolean().optional() }
const mrkdwnFields = { type: z.literal('mrkdwn'), verbatim: z.boolean().optional() }

/** A text object that may not be mrkdwn. */
export function plainText(max = 3000) {
  return z.strictObject({ ...plainFields, text: words(max) })
}

/** A text object that must be mrkdwn. */
export function mrkdwn(max = 3000) {
  return z.strictObject({ ...mrkdwnFields, text: words(max) })
}

/** Either text object. */
export function anyText(max = 3000) {
  return z.discriminatedUnion('type', [plainText(max), mrkdwn(max)])
}

/** Something with a scheme; Slack refuses bare words. */
export const url = words(3000).regex(/^[a-z][a-z0-9+.-]*:\S+$/i, 'must be a URL')

/** The dialog between a press and the payload. */
export const confirm = z.strictObject({
  title: plainText(100).optional(),
  text: anyText(300),
  confirm: plainText(30).optional(),
  deny: plainText(30).optional(),
  style: z.enum(['primary', 'danger']).optional(),
})

/** An array of `min` to `max` items. */
export function list<T extends z.ZodType>(item: T, min: number, max: number) {
  return z
    .array(item)
    .min(min, `no fewer than ${min} items required`)
    .max(max, `no more than ${max} items allowed`)
}
