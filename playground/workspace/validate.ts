import { checkBlocks } from './check-blocks.ts'
import { checkView } from './view-content.ts'

/** Slack's error and the place that it names. */
export type Problem = { error: string; message: string }

/** What keeps Slack from taking a message; empty when it would. */
export function messageProblems({ text, blocks }: { text?: unknown; blocks?: unknown }): Problem[] {
  if (blocks === undefined) {
    const said = typeof text === 'string' && text !== ''
    return said ? [] : [{ error: 'no_text', message: 'neither text nor blocks' }]
  }
  const checked = checkBlocks(blocks, 'message', namer())
  if (checked.ok) return []
  return checked.problems.map((message) => ({ error: checked.error, message }))
}

/** What keeps Slack from taking a view; empty when it would. */
export function viewProblems(view: unknown): Problem[] {
  const checked = checkView(view, namer())
  if (checked.ok) return []
  return checked.problems.map((message) => ({ error: 'invalid_arguments', message }))
}

function namer(): () => string {
  let count = 0
  return () => `auto${count++}`
}
