import { setTimeout as sleep } from 'node:timers/promises'
import { text } from '../../playground/workspace/read.ts'
import type { Message } from '../../playground/workspace/workspace.ts'
import { type Ask, onCard, openForm, submitForm, toStart } from './asking.ts'
import { decide } from './deciding.ts'
import type { Operation } from './operations.ts'
import type { Random } from './random.ts'
import { cardOf, insist, offersOn, soon } from './screen.ts'
import { QUESTION, endingOf } from './sentences.ts'
import { CHANNEL, type ChaosWorld, rivalOf } from './world.ts'

/** How often people ask for something on one job, at most. */
const ROUNDS = 8
/** Milliseconds: longer than an outcome may be unknown. */
const PATIENT = 15_000

/**
 * One migration after the other, as one requester and the approvers see it, until `over`. People
 * press again when Slack says that it failed, and act on what is on their screen.
 */
export async function workOnJobs(
  world: ChaosWorld,
  random: Random,
  requester: string,
  over: () => boolean,
): Promise<void> {
  for (let nth = 1; !over(); nth++) {
    const jobId = `dts-${requester.slice(1).toLowerCase()}n${String(nth).padStart(4, '0')}`
    const isFollowed = random.chance(0.5)
    addJob(world, random, jobId, isFollowed)
    const card = await begin({ world, random, requester, jobId, isFollowed, over })
    const screens: Message[] = []
    for (let round = 0; card && round < ROUNDS && !over(); round++) {
      if (!(await operate({ world, random, requester, card, screens, over }))) break
    }
    await sleep(random.between(0, 500))
  }
}

/** `isFollowed`: it runs already, because somebody started it elsewhere. */
function addJob({ dts }: ChaosWorld, random: Random, id: string, isFollowed: boolean): void {
  const isNew = random.chance(0.6)
  const at = random.chance(0.7) ? 0.5 : 1.5
  const breaks = { code: 'InternalError.UnknownError', message: 'the disk is full' }
  dts.addJob({
    id,
    ...(isNew ? { knownTo: ['2021-12-06'] } : {}),
    migrateType: at < 1 && random.chance(0.3) ? 2 : 3,
    durationMs: random.between(500, 12_000),
    lagSeconds: 5,
    ...(random.chance(0.5)
      ? { fails: { at, ...breaks, resumable: isNew && random.chance(0.8) } }
      : {}),
    ...(isFollowed ? { status: 7 } : {}),
  })
}

type Beginning = {
  world: ChaosWorld
  random: Random
  requester: string
  jobId: string
  isFollowed: boolean
  over: () => boolean
}

/** Has the bot watch the job, or asks for its start and sees to that. Resolves with the card. */
async function begin({ world, random, requester, jobId, isFollowed, over }: Beginning) {
  const { people } = world.slack
  if (isFollowed) {
    await insist(() => people.command(requester, CHANNEL, `/dts watch ${jobId}`), over)
  } else {
    const ask: Ask = { ...toStart(world, requester, jobId), random, over }
    if (!(await openForm(ask)) || !(await submitForm(ask))) return undefined
  }
  await soon(() => cardOf(world, jobId) !== undefined || over(), 60_000)
  const card = cardOf(world, jobId)
  if (!card || isFollowed) return card
  const isDecided = QUESTION.test(text(card)) && (await decide(world, random, { ...card }, over))
  return isDecided ? card : undefined
}

type Round = {
  world: ChaosWorld
  random: Random
  requester: string
  card: Message
  /** What people saw of the card while it offered something, and may still have on their screen. */
  screens: Message[]
  over: () => boolean
}

/** Asks for something that the card offers, and sees to it. False: there is nothing more to do. */
async function operate({ world, random, requester, card, screens, over }: Round): Promise<boolean> {
  const offered = (): Operation[] => offersOn(card)
  await soon(() => offered().length > 0 || isOver(card) || over(), PATIENT)
  const [first, ...rest] = offered()
  if (!first || isOver(card) || over()) return false
  // A job that is stopped has no more to offer.
  if (first === 'stop' && rest.length === 0 && random.chance(0.7)) {
    await sleep(random.between(500, 3_000))
    return true
  }
  const wanted = rest.length > 0 && first === 'stop' ? rest[0] : first
  const operation = random.chance(0.75) && wanted ? wanted : random.pick([first, ...rest])
  screens.push({ ...card })
  const ask = (by: string, what: Operation): Ask => {
    const [latest = card, ...older] = screens
      .filter((one) => offersOn(one).includes(what))
      .reverse()
    const screen = random.chance(0.1) ? random.pick([latest, ...older]) : latest
    return { ...onCard(world, by, what, screen), random, over }
  }
  const asks = [ask(requester, operation)]
  if (random.chance(0.25)) asks.push(ask(rivalOf(requester), random.pick([first, ...rest])))
  await together(asks)
  await soon(() => QUESTION.test(text(card)) || isOver(card), PATIENT)
  if (!QUESTION.test(text(card))) return !isOver(card)
  if (random.chance(0.15)) await together([ask(rivalOf(requester), operation)])
  return QUESTION.test(text(card)) && decide(world, random, { ...card }, over)
}

/** All have their forms open before the first is submitted. */
async function together(asks: Ask[]): Promise<void> {
  const open = await Promise.all(asks.map(openForm))
  await Promise.all(asks.filter((_, nth) => open[nth]).map(submitForm))
}

function isOver(card: Message): boolean {
  return endingOf(text(card)) !== undefined
}
