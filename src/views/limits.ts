/** Every Slack limit that our blocks can reach, and our own, in characters or as a count. */
export const LIMITS = {
  /** `chat.update` answers `msg_too_long` beyond it. `chat.postMessage` cuts at 40,000. */
  messageText: 4000,
  messageBlocks: 50,
  /** Not documented: near this much JSON in all blocks Slack answers `msg_blocks_too_long`. */
  messageBlocksJson: 13_200,
  modalBlocks: 100,
  /** Of a modal, also of its submit and close buttons. */
  modalTitle: 24,
  privateMetadata: 3000,
  /** `block_id`, `action_id`, `callback_id`, `external_id`. */
  id: 255,
  /** Any text object, at least one character. */
  text: 3000,
  buttons: 25,
  buttonText: 75,
  buttonValue: 2000,
  /** Of a select menu, and answered to one `block_suggestion`. */
  options: 100,
  /** Of checkboxes. */
  boxes: 10,
  /** Of an option's text and of its description. */
  optionText: 75,
  /** The documentation says 150, the types of Slack's own SDK 75. */
  optionValue: 75,
  placeholder: 150,
  inputLabel: 2000,
  inputValue: 3000,
  url: 3000,
  confirmText: 300,

  /** Ours: a name on a card must leave room for the rest of a phone's screen. */
  name: 120,
  /** Ours: the reason of a request or a rejection, as typed. */
  reason: 500,
  /** Ours: what DTS says about a failure, as much as helps on a phone. */
  errorText: 600,
  /** Ours: errors of a failed job, and changes shown on a card. The thread and the console have all. */
  /** Ours: a reason or an advice of a check item, and their JSON in the thread, all together. */
  checkText: 300,
  /** Ours: failed check items on a card. */
  checkItems: 2,
  checkJson: 9_000,
  errors: 3,
  changes: 2,
} as const

/** At most `max` UTF-16 units of `text`, never half a character. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text
  const cut = text.slice(0, max - 1)
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`
}
