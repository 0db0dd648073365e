/**
 * Schemas that never fail: DTS sends numbers as text, text as numbers and null for lists, and may
 * leave anything out. A malformed value becomes undefined, so that it costs only its own field.
 */
import { z } from 'zod'

/** A text that is not blank, or undefined. */
export const text = z
  .union([z.string(), z.number().transform(String)])
  .transform((value) => value.trim() || undefined)
  .optional()
  .catch(undefined)

/** A finite number, also from a text such as '43' or '43%'. */
export const number = z
  .union([z.number(), z.string().regex(/^\s*-?\d{1,15}(\.\d{1,9})?\s*%?\s*$/)])
  .transform((value) => (typeof value === 'number' ? value : Number.parseFloat(value)))
  .optional()
  .catch(undefined)

/** A number from zero up: DTS writes -1 for "invalid". */
export const amount = number.transform((value) =>
  value !== undefined && value >= 0 ? value : undefined,
)

export const percent = amount.transform((value) =>
  value !== undefined && value <= 100 ? value : undefined,
)

/** A boolean, also as a text or a number. */
export const flag = z
  .union([z.boolean(), z.number(), z.string()])
  .transform((value) => /^(true|1|yes)$/i.test(String(value)))
  .optional()
  .catch(undefined)

/** A date and time in DTS's form, kept raw. DTS writes an unset one as `0000-00-00 00:00:00`. */
export const time = z
  .string()
  .regex(/^(?!0000)\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?$/)
  .optional()
  .catch(undefined)

/** An http(s) link that is safe to show. */
export const link = z
  .string()
  .regex(/^https?:\/\/[^\s<>|"]{1,2000}$/)
  .optional()
  .catch(undefined)

/** The well-formed items of the first 1,000; none if the value is not a list. */
export function list<Item extends z.ZodType>(item: Item) {
  return z
    .array(z.unknown())
    .catch([])
    .transform((values) =>
      values.slice(0, MOST_ITEMS).flatMap((value) => {
        const parsed = item.safeParse(value)
        return parsed.success ? [parsed.data] : []
      }),
    )
}

/** More than any job has of anything that is read one by one. */
const MOST_ITEMS = 1000

/** An object of optional fields; all of them are undefined if the value is not an object. */
export function fields<Shape extends z.ZodRawShape>(shape: Shape) {
  const object = z.object(shape)
  return z
    .unknown()
    .optional()
    .transform((value) => {
      const parsed = object.safeParse(value)
      return parsed.success ? parsed.data : object.parse({})
    })
}
