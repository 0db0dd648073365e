import { elementsOf } from './elements-of.ts'
import type { OpenView } from './open-view.ts'
import type { Json } from './workspace.ts'

/** Why Slack's client would not send a form, or undefined. */
export function formProblem({ view, values }: OpenView): string | undefined {
  if (!view['submit']) return 'The form has no button that submits it.'
  for (const { block, blockId, actionId, element } of elementsOf(view.blocks)) {
    if (block.type !== 'input') continue
    const [filled] = filledIn(values[blockId]?.[actionId])
    if (filled === undefined) {
      if (block.optional !== true) return `${blockId} is required.`
      continue
    }
    const problem = typeof filled === 'string' && wordsProblem(element, filled)
    if (problem) return `${blockId} ${problem}`
  }
  return undefined
}

/** What is chosen or typed, whatever the field is called; empty for an empty field. */
function filledIn(state: Json | undefined): unknown[] {
  return Object.entries(state ?? {})
    .filter(([key]) => key !== 'type')
    .flatMap(([, value]) => value)
    .filter((value) => value !== null && value !== '')
}

type Limits = {
  type: string
  min_length?: number | undefined
  max_length?: number | undefined
  min_value?: string | undefined
  max_value?: string | undefined
  is_decimal_allowed?: boolean
}

function wordsProblem(element: Limits, words: string): string | undefined {
  const { min_length: least = 0, max_length: most = 3_000 } = element
  switch (element.type) {
    case 'plain_text_input':
      if (words.length > most) return `must be at most ${most} characters.`
      return words.length < least ? `must be at least ${least} characters.` : undefined
    case 'email_text_input':
      return /^[^\s@]+@[^\s@]+$/.test(words) ? undefined : 'must be an email address.'
    case 'url_text_input':
      return URL.canParse(words) ? undefined : 'must be a URL.'
    case 'number_input':
      return numberProblem(element, words)
    default:
      return undefined
  }
}

function numberProblem(element: Limits, words: string): string | undefined {
  const pattern = element.is_decimal_allowed ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/
  if (!pattern.test(words)) return 'must be a number.'
  const { min_value: least = '-Infinity', max_value: most = 'Infinity' } = element
  const fits = Number(words) >= Number(least) && Number(words) <= Number(most)
  return fits ? undefined : `must be from ${least} to ${most}.`
}
