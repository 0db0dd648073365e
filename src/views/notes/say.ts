import type { Message } from '../card.ts'
import { type Line, lines } from '../rich.ts'

/** A message of the thread. `broadcast`: shown in the channel too, so that mentions are seen. */
export type Note = Message & { broadcast: boolean }

/** For those who read the thread. */
export function say(text: string, ...said: Line[]): Note {
  return { text, blocks: [lines(...said)], broadcast: false }
}

/** For those whose turn it is, and those who have waited for it. */
export function sayLoud(text: string, ...said: Line[]): Note {
  return { ...say(text, ...said), broadcast: true }
}
