import { z } from 'zod'
import type { Block } from './blocks.ts'
import { id, list, plainText, words } from './block-text.ts'
import { checkBlocks, problemsOf } from './check-blocks.ts'

const shared = {
  blocks: list(z.unknown(), 0, 100),
  private_metadata: z.string().max(3000, 'must be less than 3001 characters').optional(),
  callback_id: id.optional(),
  external_id: words(255).optional(),
}

const content = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('modal'),
    ...shared,
    title: plainText(24),
    close: plainText(24).optional(),
    submit: plainText(24).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
    submit_disabled: z.boolean().optional(),
  }),
  z.strictObject({ type: z.literal('home'), ...shared }),
])

type Drawn<T> = T extends unknown ? Omit<T, 'blocks'> & { blocks: Block[] } : never

/** A modal or a Home tab as the app sent it, its blocks and elements named. */
export type ViewContent = Drawn<z.infer<typeof content>>

/** Reads a view as Slack does; `problems` go into `invalid_arguments`. */
export function checkView(
  input: unknown,
  nextId: () => string,
): { ok: true; view: ViewContent } | { ok: false; problems: string[] } {
  const parsed = content.safeParse(input)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error, '/view') }

  const { data } = parsed
  const checked = checkBlocks(data.blocks, data.type, nextId)
  if (!checked.ok) {
    const problems = checked.problems.map((one) => one.replace('pointer:/', 'pointer:/view/'))
    return { ok: false, problems }
  }
  const { blocks } = checked
  if (data.type === 'modal' && !data.submit && blocks.some(({ type }) => type === 'input')) {
    const why = 'a view with input blocks must have a submit text'
    return { ok: false, problems: [`[ERROR] ${why} [json-pointer:/view/submit]`] }
  }
  if (Buffer.byteLength(JSON.stringify(input)) > 250_000) {
    return { ok: false, problems: ['[ERROR] a view must be smaller than 250 kB'] }
  }
  return { ok: true, view: { ...data, blocks } }
}
