import { setTimeout as sleep } from 'node:timers/promises'
import { text } from '../../playground/workspace/read.ts'
import type { Delivery } from '../../playground/workspace/records.ts'
import type { Message } from '../../playground/workspace/workspace.ts'
import type { Random } from './random.ts'
import { APPROVERS, CHANNEL, type ChaosWorld } from './world.ts'

/** What people want to become of an ask. */
const WISHES = [
  'approve',
  'approve',
  'approve',
  'race',
  'twice',
  'change',
  'reject',
  'leave',
] as const

/**
 * One migration after the other, as one requester and the approvers see it, until `over`. People
 * press again what Slack called failed, and go by what is on their screen.
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
    if (card && text(card).includes('[Approve]'))
      await decide(world, random, { ...card }, jobId, over)
    await sleep(random.between(0, 500))
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
    people.fill(requester, 'dts_reason', `The old instance is full, ${jobId}`)
    for (let tries = 0; tries < 20 && shown().includes('Why?'); tries++) {
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
  { slack: { people, ws }, dts }: ChaosWorld,
  random: Random,
  card: Message,
  jobId: string,
  over: () => boolean,
): Promise<void> {
  const click = (user: string, id = 'dts_approve') => people.click(user, card, id, true)
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
    case 'change': {
      // Its owner changes the job before it is approved: people are asked again.
      dts.changeJob(jobId, { overrideRoot: true })
      await insist(() => click(bo), over)
      const again = (): Message | undefined => {
        const now = ws.message(CHANNEL, card.ts)
        return now && /Changed, waiting/.test(text(now)) ? now : undefined
      }
      if (!(await soon(() => again() !== undefined))) return
      const changed = { ...(again() ?? card) }
      return insist(() => people.click(chen, changed, 'dts_approve', true), over)
    }
    case 'reject':
      for (; !over(); await sleep(300)) {
        if (ws.topView(chen)) await people.closeView(chen)
        const { ok } = await click(chen, 'dts_reject')
        if (!ok || !(await soon(() => ws.topView(chen) !== undefined))) continue
        if (ws.topView(chen)?.view.callback_id !== 'dts_reject_form') return
        people.fill(chen, 'dts_reject_reason', 'not before the release')
        if ((await people.submit(chen)).ok) return
      }
      return
    case 'leave':
  }
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
