import type { Placed } from './elements-of.ts'
import type { Json } from './workspace.ts'

const TYPED = ['plain_text_input', 'email_text_input', 'url_text_input', 'number_input']

/** Typed text as in `state.values`. Throws for an element that is not typed into. */
export function typedValue({ element: { type }, actionId }: Placed, text: string): Json {
  if (!TYPED.includes(type)) throw new Error(`${actionId} is chosen from, not typed into.`)
  return { type, value: text === '' ? null : text }
}

/** An input sends nothing to the app before its form is submitted, unless it dispatches. */
export function isQuiet({ block }: Placed): boolean {
  return block.type === 'input' && block.dispatch_action !== true
}
