import type { Trouble } from '../dts/trouble.ts'

/**
 * `by`: who asked for it here; absent for one that somebody made in the console. `since`: when it was
 * asked for, or made.
 */
export type Comparison = { by?: string | undefined; since: string; state: CompareState }

export type CompareState =
  /** DTS listed none. */
  | { at: 'none' }
  | { at: 'asked' }
  /** DTS is being asked to create it. */
  | { at: 'sending' }
  /** DTS has it. `seen`: when DTS last showed it. `percent`: 0 to 100, once it has begun. */
  | { at: 'running'; id: string; seen: string; percent?: number | undefined }
  | CompareOutcome

/**
 * `when` it ended. `skipped`: nothing was compared. `notBegun`: DTS did not create or start it, or its
 * answer was lost (`trouble`). `unclear`: DTS did not show it for too long, or no conclusion. `message`
 * is DTS's own text.
 */
export type CompareOutcome = {
  at: 'over'
  id?: string | undefined
  result: 'same' | 'different' | 'skipped' | 'failed' | 'canceled' | 'notBegun' | 'unclear'
  when: string
  message?: string | undefined
  trouble?: Trouble | undefined
}
