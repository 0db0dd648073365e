/** Plays a migration on the page and takes the pictures of the README: `npm run screenshots`. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { startBrowser } from './chromium.ts'
import { listen, servePage } from './page/server.ts'
import { startWorld } from './pretend-world.ts'

const FOLDER = join(import.meta.dirname, '../docs/screenshots')
const PATIENCE = 120_000
/** A font is asked for by the first frame that needs it. Before that, none is missing. */
const FONTS = `new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))
  .then(() => document.fonts.ready)`

await using stack = new AsyncDisposableStack()
await mkdir(FOLDER, { recursive: true })
const world = await startWorld(10)
stack.defer(() => world.stop())
const served = servePage(await listen(0), world)
stack.defer(() => served.close())
const browser = await startBrowser()
stack.defer(() => browser.close())

const [ann, bo] = [await open('U0ANN'), await open('U0BO')]
await ask(
  ann,
  'dts-1kl0iy0v',
  'Orders move to CynosDB tonight; the shop is closed until six.',
  'form',
)
await shoot(card(bo, 'orders-to-cynosdb'), 'card')
await approve(bo, 'orders-to-cynosdb')
await card(bo, 'orders-to-cynosdb')
  .getByText(/Running [3-7]\d %/)
  .waitFor()
await shoot(card(bo, 'orders-to-cynosdb'), 'progress')
await shoot(bo, 'page')

await say(ann, 'Next: the reviews.')
await ask(ann, 'dts-9reviews', 'More room for reviews')
await approve(bo, 'reviews-disk-too-small')
await bo.getByRole('button', { name: '100×' }).click()
await card(bo, 'reviews-disk-too-small')
  .getByText(/Failed/)
  .waitFor()
await bo
  .getByText(/ready to cut over/)
  .first()
  .waitFor()
await bo.getByRole('button', { name: '1×', exact: true }).click()
await shoot(card(bo, 'reviews-disk-too-small'), 'failure')

async function open(user: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 760 } })
  context.setDefaultTimeout(PATIENCE)
  const page = await context.newPage()
  await page.goto(`${served.url}/?as=${user}`)
  return page
}

async function say(page: Page, text: string): Promise<void> {
  await write(page, text)
  await page.getByRole('article').filter({ hasText: text }).waitFor()
}

async function write(page: Page, text: string): Promise<void> {
  const box = page.getByLabel('Message to #db-migrations')
  await box.fill(text)
  await box.press('Enter')
}

async function ask(page: Page, job: string, why: string, picture?: string): Promise<void> {
  await write(page, `/dts start ${job}`)
  const form = page.getByRole('dialog', { name: 'Start a migration' })
  await form.getByLabel('Why?').fill(why)
  if (picture) await shoot(form, picture)
  await form.getByRole('button', { name: 'Ask for approval' }).click()
  await form.waitFor({ state: 'detached' })
}

async function approve(page: Page, job: string): Promise<void> {
  const asked = card(page, job)
  await asked.getByRole('button', { name: 'Approve' }).click()
  const sure = asked.getByRole('dialog').getByRole('button', { name: 'Approve' })
  const running = asked.getByText(/Approved|Running/)
  await sure.or(running).first().waitFor()
  if (await sure.isVisible()) await sure.click()
}

function card(page: Page, job: string): Locator {
  return page.getByRole('log').getByRole('article').filter({ hasText: job }).first()
}

/** Takes a picture when every font is there and nothing is pointed at. */
async function shoot(what: Page | Locator, name: string): Promise<void> {
  const page = 'page' in what ? what.page() : what
  if ('page' in what) await what.waitFor()
  await page.mouse.move(0, 0)
  await page.evaluate(FONTS)
  await what.screenshot({ path: join(FOLDER, `${name}.png`) })
}
