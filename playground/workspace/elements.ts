import type { Json, OpenView } from './workspace.ts'

/** Everything that can be pressed, chosen or filled in, each with its `block_id`. */
export function elements(blocks: Json[]): Json[] {
  return blocks.flatMap((block, index) => {
    const inside = [block['accessory'], block['element'], ...list(block['elements'])]
    return inside
      .filter((one): one is Json => isObject(one) && typeof one['action_id'] === 'string')
      .map((one) => ({ ...one, block_id: block['block_id'] ?? `b${index}` }))
  })
}

export function findElement(blocks: Json[], actionId: string): Json | undefined {
  return elements(blocks).find((element) => element['action_id'] === actionId)
}

/** What Slack's own client says before it sends a form: undefined when it would send it. */
export function requiredProblems({ view, values }: OpenView): string | undefined {
  if (!view['submit']) return 'The form has no button that submits it.'
  for (const block of view.blocks) {
    if (block['type'] !== 'input' || block['optional'] === true) continue
    const element = block['element'] as Json
    const filled = values[String(block['block_id'])]?.[String(element['action_id'])]
    const text = filled?.['value'] ?? filled?.['selected_option']
    if (!text) return `${String(block['block_id'])} is required.`
    const most = element['max_length']
    if (typeof most === 'number' && typeof text === 'string' && text.length > most) {
      return `${String(block['block_id'])} must be at most ${most} characters.`
    }
  }
  return undefined
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null
}
