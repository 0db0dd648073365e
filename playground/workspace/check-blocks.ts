import { z } from 'zod'
import { type Block, block } from './blocks.ts'
import { list } from './block-text.ts'
import { elementsOf } from './elements-of.ts'
import { linesOf, rawText } from './pieces.ts'

/** Where blocks are shown: not every place takes every block. */
export type Surface = 'message' | 'modal' | 'home'

/** `problems` name the place as Slack does: `… [json-pointer:/blocks/0/text]`. */
export type Checked =
  | { ok: true; blocks: Block[] }
  | {
      ok: false
      error: 'invalid_blocks' | 'invalid_blocks_format' | 'msg_blocks_too_long'
      problems: string[]
    }

/** Reads blocks as Slack does, and gives every block and element the id that it lacks. */
export function checkBlocks(input: unknown, surface: Surface, nextId: () => string): Checked {
  if (!Array.isArray(input)) return wrong('invalid_blocks_format', ['blocks must be an array'])

  const parsed = list(block, 0, surface === 'message' ? 50 : 100).safeParse(input)
  if (!parsed.success) return wrong('invalid_blocks', problemsOf(parsed.error, '/blocks'))

  const blocks = parsed.data.map((one) => withIds(one, nextId))
  const problems = [
    ...misplaced(blocks, surface),
    ...twice(blocks),
    ...tooMany(blocks),
    ...unsuited(blocks),
  ]
  if (problems.length > 0) return wrong('invalid_blocks', problems)
  if (surface === 'message' && characters(blocks) > 13_200) {
    return wrong('msg_blocks_too_long', ['the blocks have more than 13200 characters altogether'])
  }
  return { ok: true, blocks }
}

/** What zod found, in Slack's words. */
export function problemsOf(error: z.ZodError, root: string): string[] {
  return error.issues.map((issue) => {
    const place = [root, ...issue.path.map(String)].join('/')
    return `[ERROR] ${said(issue)} [json-pointer:${place}]`
  })
}

function said(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `invalid additional property: ${issue.keys.join(', ')}`
    case 'invalid_union':
      return issue.path.at(-1) === 'type' ? 'unsupported type' : 'not a supported shape'
    case 'invalid_type':
      return issue.message.includes('received undefined')
        ? `missing required field: ${String(issue.path.at(-1))}`
        : `must provide a ${issue.expected}`
    default:
      return issue.message
  }
}

function wrong(error: (Checked & { ok: false })['error'], problems: string[]): Checked {
  return { ok: false, error, problems }
}

function problem(text: string, place: string): string {
  return `[ERROR] ${text} [json-pointer:/blocks/${place}]`
}

const ONLY_MESSAGES = [
  'card',
  'carousel',
  'container',
  'context_actions',
  'data_table',
  'markdown',
  'plan',
  'table',
  'task_card',
]

function misplaced(blocks: Block[], surface: Surface): string[] {
  return blocks.flatMap(({ type }, index) => {
    const fits =
      type === 'alert'
        ? surface === 'modal'
        : surface === 'message' ||
          !ONLY_MESSAGES.includes(type) ||
          (surface === 'home' && (type === 'table' || type === 'data_table'))
    return fits ? [] : [problem(`unsupported type in a ${surface}: ${type}`, `${index}/type`)]
  })
}

function twice(blocks: Block[]): string[] {
  const flat = blocks.flatMap((one): Block[] =>
    one.type === 'container' ? [one, ...(one.child_blocks as Block[])] : [one],
  )
  const blockIds = flat.map(({ block_id }) => block_id)
  const inPlace = elementsOf(blocks).map(({ blockId, actionId }) => `${blockId}/${actionId}`)
  return [
    ...repeated(blockIds).map((id) => problem(`block_id "${id}" already exists`, '')),
    ...repeated(inPlace).map((id) => problem(`action_id "${id}" already exists`, '')),
  ]
}

function tooMany(blocks: Block[]): string[] {
  const has = (...types: string[]) => blocks.filter(({ type }) => types.includes(type)).length
  const focused = elementsOf(blocks).filter(
    ({ element }) => 'focus_on_load' in element && element.focus_on_load,
  )
  const markdown = blocks.reduce(
    (sum, one) => sum + (one.type === 'markdown' ? one.text.length : 0),
    0,
  )
  return [
    ...(has('table', 'data_table') > 1 ? [problem('only_one_table_allowed', '')] : []),
    ...(focused.length > 1 ? [problem('only one element may have focus_on_load', '')] : []),
    ...(markdown > 12_000 ? [problem('markdown has more than 12000 characters', '')] : []),
    ...(has('plan') > 0 && has('task_card') > 0
      ? [problem('plan and task_card must not be mixed', '')]
      : []),
  ]
}

function unsuited(blocks: Block[]): string[] {
  return blocks.flatMap((one, index) => {
    if (one.type !== 'table' && one.type !== 'data_table') return []
    const cells = one.rows.flat()
    return characters([one]) > 10_000 + cells.length * SEPARATOR.length
      ? [problem('the cells have more than 10000 characters', `${index}/rows`)]
      : []
  })
}

const SEPARATOR = ' | '

function characters(blocks: Block[]): number {
  return blocks
    .flatMap(linesOf)
    .flat()
    .reduce((sum, piece) => sum + rawText(piece).length, 0)
}

function repeated(names: (string | undefined)[]): string[] {
  const seen = new Set<string>()
  return names.flatMap((name) => {
    if (name === undefined) return []
    if (seen.has(name)) return [name]
    seen.add(name)
    return []
  })
}

function withIds(one: Block, nextId: () => string): Block {
  const named = { ...one, block_id: one.block_id ?? nextId() }
  const element = <T extends { action_id?: string | undefined }>(it: T): T => ({
    ...it,
    action_id: it.action_id ?? nextId(),
  })
  switch (named.type) {
    case 'actions':
      return { ...named, elements: named.elements.map(element) }
    case 'input':
      return { ...named, element: element(named.element) }
    case 'section':
      return named.accessory && named.accessory.type !== 'image'
        ? { ...named, accessory: element(named.accessory) }
        : named
    case 'card':
      return named.actions ? { ...named, actions: named.actions.map(element) } : named
    case 'carousel':
      return { ...named, elements: named.elements.map((card) => withIds(card, nextId)) as never }
    case 'container':
      return {
        ...named,
        child_blocks: named.child_blocks.map((child) => withIds(child, nextId)) as never,
      }
    default:
      return named
  }
}
