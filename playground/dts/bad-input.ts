import type { z } from 'zod'

/** Somebody who steers the simulator asked for something impossible; the message is a sentence. */
export class BadInput extends Error {
  override name = 'BadInput'
}

/** Parses what a person or a test handed in; throws BadInput naming the first wrong field. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data

  const issue = parsed.error.issues[0]
  const where = issue?.path.join('.') || 'input'
  throw new BadInput(`${where}: ${issue?.message ?? 'not understood'}.`)
}
