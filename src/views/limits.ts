/** Slack's limits that we could meet, in characters. What is longer is cut with an ellipsis. */
export const LIMITS = {
  /** `views.open` answers `invalid_arguments` beyond it. */
  modalTitle: 24,
  buttonText: 75,
  optionText: 75,
  /** Options answered to one `block_suggestion`. */
  options: 100,
  privateMetadata: 3000,
  /** Ours: a name on a card must leave room for the rest of a phone's screen. */
  name: 120,
  /** Ours: the reason of an ask or a rejection, as typed. */
  reason: 500,
  /** Ours: what DTS says about a failure, as much as helps on a phone. */
  errorText: 600,
} as const

/** At most `max` UTF-16 units of `text`, never half a character. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text
  const cut = text.slice(0, max - 1)
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`
}
