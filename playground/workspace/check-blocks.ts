import { z } from 'zod'
import { type Block, block } from './blocks.ts'
import { list } from './block-text.ts'
import { elementsOf } from './elements-of.ts'
import { newName } from './names.ts'

/** Where blocks are shown: not every place takes every block. */
export type Surface = 'message' | 'modal' | 'home'

/** Slack's error; `problems` name the place as Slack does: `… [json-pointer:/blocks/0/text]`. */
export type Refusal<E extends string> = { ok: false; error: E; problems: string[] }

type BlockError = 'invalid_blocks' | 'invalid_blocks_format' | 'msg_blocks_too_long'
export type Checked = { ok: true; blocks: Block[] } | Refusal<BlockError>

/** Reads blocks as Slack does, and gives every block and element the id that it lacks. */
export function checkBlocks(input: unknown, surface: Surface): Checked {
  if (!Array.isArray(input)) return wrong('invalid_blocks_format', ['blocks must be an array'])

  const parsed = list(block, 0, surface === 'message' ? 50 : 100).safeParse(input)
  if (!parsed.success) return wrong('invalid_blocks', problemsOf(parsed.error, '/blocks'))

  const blocks = parsed.data.map(withIds)
  const problems = [...misplaced(blocks, surface), ...repeatedIds(blocks), ...tooMany(blocks)]
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

function wrong(error: BlockError, problems: string[]): Checked {
  return { ok: false, error, problems }
}

function problem(text: string, place = ''): string {
  return `[ERROR] ${text} [json-pointer:/blocks/${place}]`
}

/** Blocks that some surfaces take only. */
const SURFACES: Partial<Record<Block['type'], Surface[]>> = {
  alert: ['modal'],
  input: ['modal', 'home'],
  markdown: ['message'],
  table: ['message', 'home'],
}

function misplaced(blocks: Block[], surface: Surface): string[] {
  return blocks.flatMap(({ type }, index) => {
    const fits = SURFACES[type]?.includes(surface) ?? true
    return fits ? [] : [problem(`unsupported type in a ${surface}: ${type}`, `${index}/type`)]
  })
}

function repeatedIds(blocks: Block[]): string[] {
  const actions = elementsOf(blocks).map(({ blockId, actionId }) => `${blockId}/${actionId}`)
  return [
    ...repeated(blocks.map((one) => one.block_id ?? '')).map((id) => `block_id "${id}"`),
    ...repeated(actions).map((id) => `action_id "${id}"`),
  ].map((what) => problem(`${what} already exists`))
}

function repeated(names: string[]): string[] {
  return names.filter((name, index) => names.indexOf(name) < index)
}

function tooMany(blocks: Block[]): string[] {
  const focused = elementsOf(blocks).filter(
    ({ element }) => 'focus_on_load' in element && element.focus_on_load,
  )
  const [tables, markdown] = (['table', 'markdown'] as const).map((type) =>
    blocks.filter((one) => one.type === type),
  )
  return [
    tables && tables.length > 1 && 'only_one_table_allowed',
    focused.length > 1 && 'only one element may have focus_on_load',
    characters(markdown) > 12_000 && 'markdown has more than 12000 characters',
    characters(tables) > 10_000 && 'the cells of the table have more than 10000 characters',
  ].flatMap((found) => (found ? [problem(found)] : []))
}

/** How much text there is to read, wherever it stands. */
function characters(node: unknown): number {
  if (typeof node !== 'object' || node === null) return 0
  return Object.entries(node).reduce((sum, [key, value]: [string, unknown]) => {
    const own = key === 'text' && typeof value === 'string'
    return sum + (own ? value.length : characters(value))
  }, 0)
}

function withIds(one: Block): Block {
  const named = { ...one, block_id: one.block_id ?? newName() }
  const element = <T extends { action_id?: string | undefined }>(it: T): T => ({
    ...it,
    action_id: it.action_id ?? newName(),
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
    default:
      return named
  }
}
