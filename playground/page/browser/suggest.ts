import { ask } from './act.ts'
import type { Json, Suggestion } from './blocks/props.ts'

/** What the bot offers in an external select for these words; nothing when it does not answer. */
export async function suggest(user: string, element: Json, words: string): Promise<Suggestion[]> {
  const told = await ask({ do: 'suggest', user, action: String(element['action_id']), words })
  return told.ok ? (told.answer['options'] as Suggestion[]) : []
}
