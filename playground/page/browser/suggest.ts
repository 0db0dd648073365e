import { ask } from './act.ts'
import type { Json, Suggestion } from './blocks/props.ts'

/** What the bot offers in an external select for these words; nothing if it does not answer. */
export async function suggest(user: string, element: Json, words: string): Promise<Suggestion[]> {
  const [block, action] = [String(element['block_id']), String(element['action_id'])]
  const answer = await ask({ do: 'suggest', user, block, action, words })
  return answer.ok ? (answer.value['options'] as Suggestion[]) : []
}
