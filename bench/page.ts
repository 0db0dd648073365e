/**
 * `npm run bench:page`: how long the playground's page takes to be seen, and to show what the bot
 * answered. Say nothing of it that was not measured on an idle machine.
 */
import type { Browser, Page } from 'playwright-core'
import { startBrowser } from '../playground/chromium.ts'
import { listen, servePage } from '../playground/page/server.ts'
import type { Workspace } from '../playground/page/world.ts'
import { startWorld } from '../playground/pretend-world.ts'

const ROUNDS = 20
const SCREEN = { width: 1280, height: 800 }

const CONTENT_PAINTED = `performance.getEntriesByName('first-contentful-paint')[0].startTime`

/** Keeps when each new refusal was painted, in `drawn`; milliseconds since 1970. */
const WATCH_REFUSALS = `
  globalThis.drawn = []
  let count = 0
  new MutationObserver(() => {
    const refusals = document.body.innerText.split('You asked for this,').length - 1
    if (refusals === count) return
    count = refusals
    requestAnimationFrame(() => setTimeout(() => drawn.push(Date.now())))
  }).observe(document.body, { subtree: true, childList: true, characterData: true })
`

const world = await startWorld(1)
const page = servePage(await listen(0), world)
const browser = await startBrowser()
try {
  const visits = await newVisits(browser)
  report(
    'first paint for a new visitor, ms',
    visits.map(({ painted }) => painted),
  )
  report(
    'until the channel is there for a new visitor, ms',
    visits.map(({ usable }) => usable),
  )
  report('from the bot’s answer until it is on the screen, ms', await answers(browser))
} finally {
  await browser.close()
  await page.close()
  await world.stop()
}

function report(what: string, ms: number[]): void {
  const sorted = ms.toSorted((a, b) => a - b).map(Math.round)
  const [least, middle, most] = [sorted[0], sorted[sorted.length >> 1], sorted.at(-1)]
  console.log(`${what}: ${least} at least, ${middle} in the middle, ${most} at most (${ms.length})`)
}

/** Each with an empty cache. */
async function newVisits(visitors: Browser): Promise<{ painted: number; usable: number }[]> {
  const times: { painted: number; usable: number }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const visit = await visitors.newContext({ viewport: SCREEN })
    const shown = await visit.newPage()
    await shown.goto(page.url)
    await shown.getByLabel('Message to #db-migrations').waitFor()
    const usable = await shown.evaluate<number>('performance.now()')
    times.push({ painted: await shown.evaluate<number>(CONTENT_PAINTED), usable })
    await visit.close()
  }
  return times
}

/** What Ann is told in private when she presses Approve at her own question, again and again. */
async function answers(visitors: Browser): Promise<number[]> {
  const shown = await visitors.newPage({ viewport: SCREEN, bypassCSP: true })
  await shown.goto(page.url)
  await ask(shown)
  const approve = shown.getByRole('button', { name: 'Approve' })
  await approve.waitFor()
  await shown.evaluate(WATCH_REFUSALS)
  const times: number[] = []
  for (let round = 1; round <= ROUNDS; round++) {
    await approve.click()
    await shown.waitForFunction(`drawn.length === ${round}`)
    const drawn = await shown.evaluate<number>('drawn.at(-1)')
    times.push(drawn - (await answeredAt(round)))
  }
  return times
}

async function ask(shown: Page): Promise<void> {
  const box = shown.getByLabel('Message to #db-migrations')
  await box.fill('/dts start dts-1kl0iy0v')
  await box.press('Enter')
  await shown.getByLabel('Why?').fill('to be measured')
  await shown.getByRole('button', { name: 'Ask for approval' }).click()
}

/** When the bot's answer of this round had reached Slack; milliseconds since 1970. */
async function answeredAt(round: number): Promise<number> {
  const { ephemerals } = await workspace()
  const ts = ephemerals[round - 1]?.ts
  if (!ts) throw new Error(`Nobody was told anything in round ${round}.`)
  return Number(ts) * 1_000
}

async function workspace(): Promise<Workspace> {
  const response = await fetch(`${world.slackUrl}/_control/state`)
  return (await response.json()) as Workspace
}
