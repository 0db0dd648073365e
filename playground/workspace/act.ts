import { z } from 'zod'

const user = z.string()
const message = z.strictObject({ channel: z.string(), ts: z.string() })
/** Needed where several blocks have an element with this action. */
const block = z.string().optional()

/** Everything that a person can do in Slack, and what tests can do to Slack itself. */
export const act = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('command'), user, channel: z.string(), text: z.string() }),
  /** Posts a message as a person; the bot does not get it. */
  z.strictObject({
    do: z.literal('say'),
    user,
    channel: z.string(),
    text: z
      .string()
      .trim()
      .min(1, 'A message needs words.')
      .max(4000, 'A message has 4000 characters at most.'),
    threadTs: z.string().optional(),
    broadcast: z.boolean().default(false),
  }),
  /** Uses an element of a message, of the form on top or of Home. */
  z.strictObject({
    do: z.literal('use'),
    user,
    in: z.union([
      message,
      z.strictObject({ form: z.string() }),
      z.strictObject({ home: z.literal(true) }),
    ]),
    block,
    action: z.string(),
    /** As `actions[]` of Slack's payloads spells it. */
    value: z.record(z.string(), z.unknown()),
    /** For typed text: Enter was pressed, or the block dispatches each character. */
    sent: z.boolean().default(false),
  }),
  z.strictObject({ do: z.literal('suggest'), user, block, action: z.string(), words: z.string() }),
  z.strictObject({ do: z.literal('submit'), user }),
  z.strictObject({ do: z.literal('close'), user }),
  z.strictObject({ do: z.literal('openHome'), user }),
  /** A shortcut of the workspace, or with `on` one of a message. */
  z.strictObject({
    do: z.literal('shortcut'),
    user,
    callback: z.string(),
    on: message.optional(),
  }),
  /** The bot's next call fails; `*` is any method. */
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
  /** Returns one of the last requests with its answer. */
  z.strictObject({ do: z.literal('exchange'), id: z.int() }),
])

export type Act = z.output<typeof act>
/** As another process sends it: what has a default may be left out. */
export type ActInput = z.input<typeof act>
