import { setTimeout as sleep } from 'node:timers/promises'
import { text } from '../../playground/workspace/read.ts'
import type { Delivery } from '../../playground/workspace/records.ts'
import type { Message } from '../../playground/workspace/workspace.ts'
import { OPERATIONS, type Operation } from './operations.ts'
import type { Random } from './random.ts'
import { soon } from './screen.ts'
import { CHANNEL, type ChaosWorld } from './world.ts'

/** Somebody asks for something, in a form. */
export type Ask = {
  world: ChaosWorld
  random: Random
  by: string
  operation: Operation
  /** What opens the form. */
  opens: () => Promise<Delivery>
  over: () => boolean
}

export function toStart(world: ChaosWorld, by: string, jobId: string) {
  const opens = () => world.slack.people.command(by, CHANNEL, `/dts start ${jobId}`)
  return { world, by, operation: 'start', opens } as const
}

/** By a button of the card, on a screen that may be old. */
export function onCard(world: ChaosWorld, by: string, operation: Operation, screen: Message) {
  const button = OPERATIONS[operation].button ?? ''
  const opens = () => world.slack.people.click(by, screen, button, true)
  return { world, by, operation, opens }
}

/** Opens the form, and again when nothing comes of it. Whether it asks why; a refusal is final. */
export async function openForm({ world, by, operation, opens, over }: Ask): Promise<boolean> {
  const { people, ws } = world.slack
  for (; !over(); await sleep(300)) {
    if (ws.topView(by)) await people.closeView(by)
    const { ok } = await opens()
    const isOpen = await soon(() => asksWhy(world, by) || isRefused(world, by))
    if (ok && asksWhy(world, by)) return true
    if (isOpen && operation !== 'start' && isRefused(world, by)) return false
  }
  return false
}

/** Fills the form in and submits it until it is taken or refused. Whether Slack saw it taken. */
export async function submitForm({ world, random, by, operation, over }: Ask): Promise<boolean> {
  const { people, ws } = world.slack
  for (let tries = 0; tries < 20 && asksWhy(world, by) && !over(); tries++) {
    // A form that a late answer draws anew may have lost what was typed.
    if (operation === 'cutOver') {
      const mode = random.chance(0.7) ? 'waitForSync' : 'immediately'
      await people.choose(by, 'dts_mode', mode)
      await people.choose(by, 'dts_checklist', ['0', '1', '2'])
    }
    people.fill(by, 'dts_reason', `The old instance is full, says ${by}`)
    const { ok } = await people.submit(by)
    if (ok && !ws.topView(by)) return true
    if (ok && isRefused(world, by)) return false
    await sleep(300)
  }
  return false
}

function asksWhy(world: ChaosWorld, by: string): boolean {
  return shown(world, by)?.words.includes('Why?') ?? false
}

function isRefused(world: ChaosWorld, by: string): boolean {
  return shown(world, by)?.id === 'dts_notice'
}

function shown({ slack }: ChaosWorld, by: string): { id: unknown; words: string } | undefined {
  const open = slack.ws.topView(by)
  return open && { id: open.view.callback_id, words: text(open.view) }
}
