import type { Migration } from '../../migration/migration.ts'
import type { Wording } from '../wording/wording.ts'
import { type Note, say } from './say.ts'
import { jobInText } from '../mrkdwn.ts'

/** After a skip that the check did not pass by alone. */
export function checkBegun(m: Migration, requestId: string, words: Wording): Note {
  const { text, says, next } = words.skip.begun
  return say(
    text(jobInText(m)),
    says(),
    next(),
    ...(requestId ? [words.trouble.requestId(requestId)] : []),
  )
}
