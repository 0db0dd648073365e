/**
 * The moments at which a crash would hurt most, by name. The bot passes them without a word; only
 * the fault tests listen, and end the process there.
 */
export const MOMENTS = [
  /** Something was decided, in a transaction that is still open: `ask` or a happening's type. */
  'undecided',
  /** The transaction is committed; nobody outside knows yet. */
  'decided',
  /** The job was looked at before its start. */
  'looked',
  /** The attempt is on disk, the call not yet sent. */
  'attempted',
  /** DTS answered the start; the answer is not on disk. */
  'answered',
  /** About to post: the card (`asked`) or a message of the thread (a happening's type). */
  'unposted',
  /** Slack has it; we do not remember yet. */
  'posted',
  /** About to draw the card anew. */
  'undrawn',
  /** Slack shows the card; we do not remember yet. */
  'drawn',
  /** The watcher has looked and told nobody. */
  'watched',
] as const

export type Moment = (typeof MOMENTS)[number]

/** `what` tells moments of one name apart. */
export type Pass = (moment: Moment, what?: string) => void
