import { noticeMessage } from '../views/notice.ts'
import { nearest } from './nearest.ts'
import type { CommandContext } from './context.ts'
import type { Typed } from './listeners.ts'

/** `/dts help`. */
export async function help({ words }: CommandContext, { ack, respond }: Typed): Promise<void> {
  await ack()
  await respond({ response_type: 'ephemeral', ...noticeMessage(words.help()) })
}

/** The answer to a word that is none of `verbs`: the nearest of them, or where to find what it names. */
export async function unknownVerb(
  { words }: CommandContext,
  verb: string,
  verbs: string[],
  { ack, respond }: Typed,
): Promise<void> {
  await ack()
  const elsewhere: Record<string, string | undefined> = words.unknownVerb.elsewhere
  const said = Object.hasOwn(elsewhere, verb) ? elsewhere[verb] : undefined
  const first = said
    ? words.unknownVerb.onTheCard(said)
    : words.unknownVerb.says(verb, nearest(verb, verbs))
  await respond({ response_type: 'ephemeral', ...noticeMessage([first, ...words.help()]) })
}
