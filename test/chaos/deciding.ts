import { setTimeout as sleep } from 'node:timers/promises'
import { text } from '../../playground/workspace/read.ts'
import type { Message } from '../../playground/workspace/workspace.ts'
import { operationBy } from './operations.ts'
import type { Random } from './random.ts'
import { cardOf, hasButton, insist, jobIdOn, soon } from './screen.ts'
import { QUESTION, busyOf, readNoteText } from './sentences.ts'
import { APPROVERS, CHANNEL, type ChaosWorld } from './world.ts'

/** What people may do with a request. */
const WISHES = [
  'approve',
  'approve',
  'approve',
  'race',
  'twice',
  'change',
  'reject',
  'withdraw',
  'contradict',
  'leave',
] as const

/**
 * What the approvers do about a question, or its requester. `screen` is a copy: nobody has refreshed
 * it. Resolves with whether anybody did anything.
 */
export async function decide(
  world: ChaosWorld,
  random: Random,
  screen: Message,
  over: () => boolean,
): Promise<boolean> {
  const { people } = world.slack
  const click = (user: string) => people.click(user, screen, 'dts_approve', true)
  const [bo, chen] = APPROVERS
  switch (random.pick(WISHES)) {
    case 'approve':
      await insist(() => click(bo), over)
      return true
    case 'race':
      await Promise.all([insist(() => click(bo), over), insist(() => click(chen), over)])
      return true
    case 'twice': {
      const first = click(chen)
      await insist(() => click(chen), over)
      await people.redeliver(await first)
      return true
    }
    case 'change':
      await changeThenApprove(world, screen, over)
      return true
    case 'reject':
      await reject(world, chen, screen, over)
      return true
    case 'withdraw':
      await reject(world, /@(U0[RS]\d)/.exec(text(screen))?.[1] ?? bo, screen, over)
      return true
    case 'contradict':
      await Promise.all([insist(() => click(bo), over), reject(world, chen, screen, over)])
      return true
    case 'leave':
      return false
  }
}

/** Somebody changes the job before it is approved, so the approvers are asked again. */
async function changeThenApprove(
  { slack: { people, ws }, dts }: ChaosWorld,
  card: Message,
  over: () => boolean,
): Promise<void> {
  const [bo, chen] = APPROVERS
  const { id, overridesRoot } = dts.job(jobIdOn(card)) ?? {}
  if (id) dts.changeJob(id, { overrideRoot: !overridesRoot })
  await insist(() => people.click(bo, card, 'dts_approve', true), over)
  const again = (): Message | undefined => {
    const now = ws.message(CHANNEL, card.ts)
    return now && busyOf(text(now)) === 'askingAgain' ? now : undefined
  }
  if (!(await soon(() => again() !== undefined))) return
  const changed = { ...(again() ?? card) }
  await insist(() => people.click(chen, changed, 'dts_approve', true), over)
}

/** Opens the form, waits until it asks why, and submits it. Gives up when the bot refuses. */
async function reject(
  { slack: { people, ws } }: ChaosWorld,
  user: string,
  card: Message,
  over: () => boolean,
): Promise<void> {
  const shows = (id: string, words = ''): boolean => {
    const view = ws.topView(user)?.view
    return view?.callback_id === id && text(view).includes(words)
  }
  const asksWhy = () => shows('dts_reject_form', 'Why?')
  const refuses = () => shows('dts_notice')
  for (; !over(); await sleep(300)) {
    if (ws.topView(user)) await people.closeView(user)
    const { ok } = await people.click(user, card, 'dts_reject', true)
    if (!ok || !(await soon(() => asksWhy() || refuses()))) continue
    if (!asksWhy()) return
    people.fill(user, 'dts_reject_reason', 'not before the release')
    if ((await people.submit(user)).ok) return
  }
}

/** Somebody sees to most of the requests that came back because their approval was too old. */
export async function approveAgain(
  { slack: { people, ws } }: ChaosWorld,
  random: Random,
  over: () => boolean,
): Promise<void> {
  const [bo] = APPROVERS
  const seen = new Set<string>()
  for (; !over(); await sleep(1_000)) {
    const notes = ws.messages.slice(-300).filter((m) => readNoteText(text(m))?.kind === 'outdated')
    for (const { ts, threadTs = '' } of notes) {
      const card = ws.message(CHANNEL, threadTs)
      if (seen.has(ts) || !card || !QUESTION.test(text(card))) continue
      seen.add(ts)
      if (random.chance(0.2)) continue
      const screen = { ...card }
      await insist(() => people.click(bo, screen, 'dts_approve', true), over)
    }
  }
}

/** Where the bot cannot tell what became of a call, somebody looks, and presses what is true. */
export async function lookForTheBot(world: ChaosWorld, over: () => boolean): Promise<void> {
  const { slack, dts } = world
  const [, chen] = APPROVERS
  for (; !over(); await sleep(1_000)) {
    for (const { id } of dts.jobs.slice(-60)) {
      const card = cardOf(world, id)
      if (!card || !hasButton(card, 'dts_took_effect')) continue
      const asked = slack.ws.versions.findLast(
        (one) => one.ts === card.ts && QUESTION.test(text(one)),
      )
      const isDone = dts.requests.some(
        (one) =>
          one.jobId === id &&
          one.effective &&
          one.receivedAt > (asked?.at ?? 0) &&
          operationBy('action', one.action),
      )
      const button = isDone ? 'dts_took_effect' : 'dts_no_effect'
      const screen = { ...card }
      await insist(() => slack.people.click(chen, screen, button, true), over)
    }
  }
}
