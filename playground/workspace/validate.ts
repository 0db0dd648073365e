import { checkBlocks } from './check-blocks.ts'
import { checkView } from './view-content.ts'

/** Slack's error and the place that it names. */
export type Problem = {
  error:
    | 'invalid_arguments'
    | 'invalid_blocks'
    | 'invalid_blocks_format'
    | 'msg_blocks_too_long'
    | 'msg_too_long'
    | 'no_text'
    | 'view_too_large'
  message: string
}

/** Characters of `text` after which chat.postMessage cuts; nothing of ours should be cut. */
const LONGEST_TEXT = 40_000
const LARGEST_VIEW_BYTES = 250_000

/** What keeps Slack from taking a message whole; empty when it would. */
export function messageProblems({ text, blocks }: { text?: unknown; blocks?: unknown }): Problem[] {
  const said = text ?? ''
  if (typeof said !== 'string') return [problem('invalid_arguments', 'must be a string', '/text')]
  if (said.length > LONGEST_TEXT) {
    return [problem('msg_too_long', `must be less than ${LONGEST_TEXT + 1} characters`, '/text')]
  }
  if (said === '' && (blocks === undefined || (Array.isArray(blocks) && blocks.length === 0))) {
    return [{ error: 'no_text', message: 'neither text nor blocks' }]
  }
  if (blocks === undefined) return []

  const checked = checkBlocks(blocks, 'message', namer())
  const found = checked.ok ? [] : checked.problems
  const error = checked.ok ? 'invalid_blocks' : checked.error
  return [
    ...found.map((message) => ({ error, message })),
    ...misfits(blocks, '/blocks', 'message').map(([what, where]) =>
      problem('invalid_blocks', what, where),
    ),
  ]
}

/** What keeps Slack from taking a view; empty when it would. */
export function viewProblems(view: unknown): Problem[] {
  if (Buffer.byteLength(JSON.stringify(view) ?? '') > LARGEST_VIEW_BYTES) {
    return [problem('view_too_large', 'must be smaller than 250 kB', '/view')]
  }
  const checked = checkView(view, namer())
  const found = checked.ok ? [] : checked.problems
  return [
    ...found.map((message): Problem => ({ error: 'invalid_arguments', message })),
    ...misfits(at(view, 'blocks'), '/view/blocks', 'view').map(([what, where]) =>
      problem('invalid_arguments', what, where),
    ),
  ]
}

/** What is wrong and its JSON pointer. */
type Misfit = [what: string, where: string]

/** Rules that need more than the shape of one block. */
function misfits(node: unknown, where: string, surface: 'message' | 'view'): Misfit[] {
  if (typeof node !== 'object' || node === null) return []
  return [
    ...ownMisfits(node, where, surface),
    ...Object.entries(node).flatMap(([key, child]) => misfits(child, `${where}/${key}`, surface)),
  ]
}

function ownMisfits(node: object, where: string, surface: 'message' | 'view'): Misfit[] {
  switch (at(node, 'type')) {
    case 'rich_text_section': {
      const elements = at(node, 'elements')
      const empty = Array.isArray(elements) && elements.length === 0
      return empty ? [['no fewer than 1 items required', `${where}/elements`]] : []
    }
    case 'input':
      return surface === 'message'
        ? [['unsupported type in a message: input', `${where}/type`]]
        : []
    case 'image': {
      // The shape of an image *element* asks for this itself.
      const isBlock = /\/(blocks|child_blocks)\/\d+$/.test(where)
      const sources = [at(node, 'image_url'), at(node, 'slack_file')].filter(Boolean)
      return isBlock && sources.length !== 1
        ? [['must have exactly one of image_url, slack_file', where]]
        : []
    }
    default:
      return []
  }
}

function problem(error: Problem['error'], what: string, where: string): Problem {
  return { error, message: `[ERROR] ${what} [json-pointer:${where}]` }
}

function at(node: unknown, key: string): unknown {
  return typeof node === 'object' && node !== null
    ? (node as Record<string, unknown>)[key]
    : undefined
}

function namer(): () => string {
  let count = 0
  return () => `auto${count++}`
}
