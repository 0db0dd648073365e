import { setTimeout as sleep } from 'node:timers/promises'
import { text } from '../../playground/workspace/read.ts'
import type { Delivery } from '../../playground/workspace/records.ts'
import type { Message } from '../../playground/workspace/workspace.ts'
import type { Random } from './random.ts'
import { QUESTION, busyOf, noteKindOf } from './sentences.ts'
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
  'leave',
] as const

/**
 * One migration after the other, as one requester and the approvers see it, until `over`. People
 * press again when Slack says that it failed, and act on what is on their screen.
 */
export async function askAndDecide(
  world: ChaosWorld,
  random: Random,
  requester: string,
  over: () => boolean,
): Promise<void> {
  for (let nth = 1; !over(); nth++) {
    const jobId = `dts-${requester.slice(1).toLowerCase()}n${String(nth).padStart(4, '0')}`
    addJob(world, random, jobId)
    if (!(await ask(world, requester, jobId, over))) continue
    const card = await cardOf(world, jobId, over)
    if (card && QUESTION.test(text(card))) await decide(world, random, requester, { ...card }, over)
    await sleep(random.between(0, 500))
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
    const notes = ws.messages.slice(-300).filter((m) => noteKindOf(text(m)) === 'outdated')
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

function addJob({ dts }: ChaosWorld, random: Random, id: string): void {
  const fails = { at: 0.5, code: 'InternalError.UnknownError', message: 'the disk is full' }
  dts.addJob({
    id,
    migrateType: 2,
    durationMs: random.between(500, 6_000),
    ...(random.chance(0.15) ? { fails } : {}),
  })
}

async function ask(
  { slack }: ChaosWorld,
  requester: string,
  jobId: string,
  over: () => boolean,
): Promise<boolean> {
  const { people, ws } = slack
  const shown = (): string => {
    const open = ws.topView(requester)
    return open ? text(open.view) : ''
  }
  for (; !over(); await sleep(300)) {
    if (ws.topView(requester)) await people.closeView(requester)
    const typed = await people.command(requester, CHANNEL, `/dts start ${jobId}`)
    const ready = typed.ok && (await soon(() => shown().includes('Why?')))
    if (!ready) continue
    for (let tries = 0; tries < 20 && shown().includes('Why?'); tries++) {
      // A form that a late answer draws anew may have lost what was typed.
      people.fill(requester, 'dts_reason', `The old instance is full, ${jobId}`)
      const { ok } = await people.submit(requester)
      if (ok && !shown()) return true
      await sleep(300)
    }
  }
  return false
}

async function cardOf({ slack }: ChaosWorld, jobId: string, over: () => boolean) {
  const find = (): Message | undefined =>
    slack.ws.messages
      .slice(-200)
      .find((m) => m.channel === CHANNEL && !m.threadTs && text(m).includes(jobId))
  while (!over()) {
    const card = find()
    if (card) return card
    await sleep(200)
  }
  return find()
}

/** `card` is a copy: a screen that nobody has refreshed. */
async function decide(
  world: ChaosWorld,
  random: Random,
  requester: string,
  card: Message,
  over: () => boolean,
): Promise<void> {
  const { people } = world.slack
  const click = (user: string) => people.click(user, card, 'dts_approve', true)
  const [bo, chen] = APPROVERS
  switch (random.pick(WISHES)) {
    case 'approve':
      return insist(() => click(bo), over)
    case 'race':
      await Promise.all([insist(() => click(bo), over), insist(() => click(chen), over)])
      return
    case 'twice': {
      const first = click(chen)
      await insist(() => click(chen), over)
      await people.redeliver(await first)
      return
    }
    case 'change':
      return changeThenApprove(world, card, over)
    case 'reject':
      return reject(world, chen, card, over)
    case 'withdraw':
      return reject(world, requester, card, over)
    case 'leave':
  }
}

/** Somebody changes the job before it is approved, so the approvers are asked again. */
async function changeThenApprove(
  { slack: { people, ws }, dts }: ChaosWorld,
  card: Message,
  over: () => boolean,
): Promise<void> {
  const [bo, chen] = APPROVERS
  dts.changeJob(jobIdOn(card), { overrideRoot: true })
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

function jobIdOn(card: Message): string {
  return /dts-[a-z0-9]+/.exec(text(card))?.[0] ?? ''
}

async function insist(act: () => Promise<Delivery>, over: () => boolean): Promise<void> {
  while (!(await act()).ok && !over()) await sleep(300)
}

async function soon(look: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 20; tries++) {
    if (look()) return true
    await sleep(150)
  }
  return false
}
