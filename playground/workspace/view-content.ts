import { z } from 'zod'
import type { Block } from './blocks.ts'
import { id, list, plainText, words } from './block-text.ts'
import { type Refusal, checkBlocks, problemsOf } from './check-blocks.ts'

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

const LARGEST_BYTES = 250_000

type CheckedView = { ok: true; view: ViewContent } | Refusal<'invalid_arguments' | 'view_too_large'>

/** Reads a view as Slack does. */
export function checkView(input: unknown): CheckedView {
  if (Buffer.byteLength(JSON.stringify(input) ?? '') > LARGEST_BYTES) {
    const why = '[ERROR] must be smaller than 250 kB [json-pointer:/view]'
    return { ok: false, error: 'view_too_large', problems: [why] }
  }
  const parsed = content.safeParse(input)
  if (!parsed.success) return wrong(problemsOf(parsed.error, '/view'))

  const { data } = parsed
  const checked = checkBlocks(data.blocks, data.type)
  if (!checked.ok) {
    return wrong(checked.problems.map((one) => one.replace('pointer:/', 'pointer:/view/')))
  }
  const { blocks } = checked
  if (data.type === 'modal' && !data.submit && blocks.some(({ type }) => type === 'input')) {
    const why = 'a view with input blocks must have a submit text'
    return wrong([`[ERROR] ${why} [json-pointer:/view/submit]`])
  }
  return { ok: true, view: { ...data, blocks } }
}

function wrong(problems: string[]): CheckedView {
  return { ok: false, error: 'invalid_arguments', problems }
}
