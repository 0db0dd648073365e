import { text } from '../../playground/workspace/read.ts'
import type { Delivery } from '../../playground/workspace/records.ts'
import type { Message } from '../../playground/workspace/workspace.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import { OPERATION_NAMES, OPERATIONS, type Operation } from './operations.ts'
import { CHANNEL, type ChaosWorld } from './world.ts'

/** The card of this job as it is now. */
export function cardOf({ slack }: ChaosWorld, jobId: string): Message | undefined {
  return slack.ws.messages
    .slice(-400)
    .find((m) => m.channel === CHANNEL && !m.threadTs && text(m).includes(jobId))
}

export function jobIdOn(card: Message): string {
  return /dts-[a-z0-9]+/.exec(text(card))?.[0] ?? ''
}

/** A button of a message, by its id. */
export function hasButton({ blocks }: Message, id: string): boolean {
  return blocks.some((block) =>
    ((block['elements'] as { action_id?: string }[] | undefined) ?? []).some(
      (one) => one.action_id === id,
    ),
  )
}

/** What the card offers to ask for. */
export function offersOn(card: Message): Operation[] {
  return OPERATION_NAMES.filter((name) => {
    const { button } = OPERATIONS[name]
    return button !== undefined && hasButton(card, button)
  })
}

/** Presses again when Slack says that it failed. */
export async function insist(act: () => Promise<Delivery>, over: () => boolean): Promise<void> {
  while (!(await act()).ok && !over()) await sleep(300)
}

/** Whether it is seen within so many milliseconds. */
export async function soon(look: () => boolean, within = 3_000): Promise<boolean> {
  for (const until = Date.now() + within; Date.now() < until; await sleep(150)) {
    if (look()) return true
  }
  return look()
}
