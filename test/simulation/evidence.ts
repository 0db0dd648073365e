import { text } from '../../playground/workspace/read.ts'
import type { SimulatedDts } from './dts.ts'
import type { Delivered } from './people.ts'
import type { Overlap } from './queue.ts'
import type { SimulatedSlack, Version } from './slack.ts'

/** What Slack was shown, what DTS received, and what the judge has to know to be fair. */
export type Evidence = {
  now: number
  slack: SimulatedSlack
  dts: SimulatedDts
  delivered: Delivered[]
  /** When two bots may have been at the same work. */
  overlaps: Overlap[]
  /** The largest step of a wall clock. */
  mostSet: number
}

/** What a person reads. */
export function wordsOf({ blocks, text: fallback }: Version): string {
  return text({ text: fallback, blocks: blocks as unknown as Parameters<typeof text>[0]['blocks'] })
}
