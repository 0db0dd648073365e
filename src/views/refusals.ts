import type { Refusal } from '../migration/refusal.ts'
import type { Line } from './rich.ts'
import type { Wording } from './wording/wording.ts'

/** The sentence for a "no": why, and what would make it a yes. */
export function refusalLines(refusal: Refusal, words: Wording): Line[] {
  return say(refusal.no, refusal, words)
}

type RefusalOf = { [No in Refusal['no']]: Extract<Refusal, { no: No }> }

function say<No extends Refusal['no']>(no: No, refusal: RefusalOf[No], words: Wording): Line[] {
  const refusals: { [Each in No]: (refusal: RefusalOf[Each]) => Line[] } = words.refusals
  return refusals[no](refusal)
}
