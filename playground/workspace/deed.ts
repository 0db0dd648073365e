import { z } from 'zod'

const person = z.string()

/** What another process may do here as one of the people, or to the workspace itself. */
export const deed = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('state') }),
  z.strictObject({
    do: z.literal('command'),
    user: person,
    channel: z.string(),
    text: z.string(),
  }),
  /** Says something; the bot does not hear it. */
  z.strictObject({
    do: z.literal('say'),
    user: person,
    channel: z.string(),
    text: z
      .string()
      .trim()
      .min(1, 'A message needs words.')
      .max(4000, 'A message has 4000 characters at most.'),
    threadTs: z.string().optional(),
    broadcast: z.boolean().default(false),
  }),
  z.strictObject({
    do: z.literal('click'),
    user: person,
    channel: z.string(),
    ts: z.string(),
    action: z.string(),
  }),
  z.strictObject({ do: z.literal('fill'), user: person, action: z.string(), value: z.string() }),
  /** Uses an element of a message, or of the form on top; `value` as Slack's actions spell it. */
  z.strictObject({
    do: z.literal('use'),
    user: person,
    in: z.union([
      z.strictObject({ channel: z.string(), ts: z.string() }),
      z.strictObject({ form: z.string() }),
      z.strictObject({ home: z.literal(true) }),
    ]),
    block: z.string(),
    action: z.string(),
    value: z.record(z.string(), z.unknown()),
    /** For what is typed: Enter was pressed, or every character counts. */
    sent: z.boolean().default(false),
  }),
  z.strictObject({
    do: z.literal('suggest'),
    user: person,
    action: z.string(),
    words: z.string(),
  }),
  z.strictObject({ do: z.literal('submit'), user: person }),
  z.strictObject({ do: z.literal('close'), user: person }),
  z.strictObject({ do: z.literal('openHome'), user: person }),
  /** A shortcut of the workspace, or with `on` one of a message. */
  z.strictObject({
    do: z.literal('shortcut'),
    user: person,
    callback: z.string(),
    on: z.strictObject({ channel: z.string(), ts: z.string() }).optional(),
  }),
  /** The next call of the bot goes wrong; `*` is whatever method it is. */
  z.strictObject({
    do: z.literal('fault'),
    method: z.string().default('*'),
    fault: z
      .strictObject({
        error: z.string().optional(),
        status: z.union([z.literal(429), z.literal(500)]).optional(),
        retryAfter: z.int().min(1).max(60).optional(),
        when: z.enum(['before', 'after']).optional(),
        hang: z.boolean().optional(),
        times: z.int().min(1).max(100).default(1),
      })
      .refine(({ error, status, hang }) => error || status || hang, {
        error: 'Say what goes wrong: an error, a status or a hang.',
      }),
  }),
  z.strictObject({ do: z.literal('clearFaults') }),
  z.strictObject({ do: z.literal('dropSockets') }),
  z.strictObject({ do: z.literal('refreshSocket') }),
  z.strictObject({ do: z.literal('exchange'), id: z.int() }),
])

export type Deed = z.infer<typeof deed>
