import type { Migration } from '../../migration/migration.ts'
import { troubleLines } from '../trouble.ts'
import type { Wording } from '../wording/wording.ts'
import { type Note, sayLoud } from './say.ts'
import { jobInText } from '../mrkdwn.ts'

/** How a comparison came out, for who asked for it. */
export function compared(m: Migration, words: Wording): Note | undefined {
  const { by, state } = m.watch?.compare ?? {}
  if (!by || state?.at !== 'over') return undefined
  const { id, result, trouble } = state
  const { text, says, look, leftOver, mayBeLeft } = words.compare
  const isMaybeLeft = result === 'notBegun' && !id && trouble?.kind !== 'error'
  return sayLoud(
    text(result, jobInText(m)),
    says(by, state),
    ...(trouble ? troubleLines(trouble, words) : []),
    ...(result === 'notBegun' && id ? [leftOver()] : []),
    ...(isMaybeLeft ? [mayBeLeft()] : []),
    ...(result === 'failed' || result === 'skipped' ? [look()] : []),
  )
}
