import { type Checked, type Refusal, checkBlocks } from './check-blocks.ts'
import { checkView } from './view-content.ts'
import type { Block } from './blocks.ts'

/** chat.postMessage cuts longer text; here that is an error. */
const LONGEST_TEXT = 40_000

type TextError = 'invalid_arguments' | 'msg_too_long' | 'no_text'
type CheckedMessage =
  | { ok: true; text: string; blocks: Block[] }
  | Refusal<TextError>
  | (Checked & { ok: false })

/** Reads the content of a message. `ok` means that Slack takes all of it. */
export function checkMessage(said: { text?: unknown; blocks?: unknown }): CheckedMessage {
  const { text = '', blocks = [] } = said
  if (typeof text !== 'string') return wrong('invalid_arguments', 'must be a string')
  if (text.length > LONGEST_TEXT) {
    return wrong('msg_too_long', `must be less than ${LONGEST_TEXT + 1} characters`)
  }
  if (text === '' && Array.isArray(blocks) && blocks.length === 0) {
    return wrong('no_text', 'neither text nor blocks')
  }
  const checked = checkBlocks(blocks, 'message')
  return checked.ok ? { ...checked, text } : checked
}

function wrong(error: TextError, what: string): Refusal<TextError> {
  return { ok: false, error, problems: [`[ERROR] ${what} [json-pointer:/text]`] }
}

type Problem = { error: string; message: string }

/** Why Slack would not take a message whole; empty if it would. */
export function messageProblems(said: { text?: unknown; blocks?: unknown }): Problem[] {
  return problems(checkMessage(said))
}

/** Why Slack would not take a view; empty if it would. */
export function viewProblems(view: unknown): Problem[] {
  return problems(checkView(view))
}

function problems(checked: { ok: true } | Refusal<string>): Problem[] {
  return checked.ok ? [] : checked.problems.map((message) => ({ error: checked.error, message }))
}
