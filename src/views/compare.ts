import type { Trouble } from '../dts/trouble.ts'
import type { Comparison } from '../migration/comparison.ts'
import type { Line } from './rich.ts'
import { troubleLines } from './trouble.ts'
import type { Wording } from './wording/wording.ts'

/** What is known of the comparison of both ends, in as few lines as a card has room for. */
export function compareLines(compare: Comparison, words: Wording): Line[] {
  const { by, state } = compare
  const { never, begins, runs, over } = words.compare
  switch (state.at) {
    case 'none':
      return [never()]
    case 'asked':
    case 'sending':
      return [begins(by)]
    case 'running':
      return [runs(by, state.percent)]
    case 'over':
      return [over(state)]
  }
}

/** What a form says about it. `undefined`: DTS lists none. `trouble`: why DTS does not show it. */
export type CompareShown = { compare: Comparison | undefined } | { trouble: Trouble }

export function compareInForm(shown: CompareShown, words: Wording): Line[] {
  if ('trouble' in shown) return [words.compare.unread(), ...troubleLines(shown.trouble, words)]
  const { compare } = shown
  return compare ? compareLines(compare, words) : [words.compare.never()]
}
