import type { Json } from './blocks/props.ts'

const ASKS = 'Please complete this required field.'

/** What Slack's client says instead of sending a form, by block. */
export function missing(
  blocks: Json[],
  values: Record<string, Record<string, Json>>,
): Record<string, string> {
  return Object.fromEntries(
    blocks
      .filter((block) => block['type'] === 'input' && block['optional'] !== true)
      .filter((block) => {
        const element = block['element'] as Json
        return isEmpty(values[String(block['block_id'])]?.[String(element['action_id'])])
      })
      .map((block) => [String(block['block_id']), ASKS]),
  )
}

/** Nothing in it but its type. */
function isEmpty(value: Json | undefined): boolean {
  return Object.entries(value ?? {}).every(([key, one]) => {
    if (key === 'type' || one === null || one === undefined || one === '') return true
    return Array.isArray(one) && one.length === 0
  })
}
