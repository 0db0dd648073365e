import type { Page } from 'playwright-core'
import { afterEach, expect, test, vi } from 'vitest'
import { ANN, BO, asBot, usePageWorld, useWindows, workspaceOf } from '../support/page-world.ts'

/* People use the playground's page in a real browser. */

const world = usePageWorld()
const windows = useWindows(world)
vi.setConfig({ testTimeout: 60_000 })

afterEach(() => expect(windows.faults).toEqual([]))

test('the whole story: asked in one window, approved in another, done', async () => {
  const ann = await windows.open(ANN)
  const bo = await windows.open(BO)
  await speedUp(ann)

  await ask(ann, 'dts-4billing', 'the invoices move tonight')
  const [hers, his] = [card(ann, 'billing-full-copy'), card(bo, 'billing-full-copy')]
  await hers.getByText('Waiting for approval').waitFor()
  await his.getByText('the invoices move tonight').waitFor()

  await hers.getByRole('button', { name: 'Approve' }).click()
  await ann.getByText(/You asked for this, so someone else/).waitFor()
  expect(await bo.getByText(/You asked for this/).count()).toBe(0)

  await his.getByRole('button', { name: 'Approve' }).click()
  await hers.getByText(/Done in/).waitFor()
  await bo.getByText('replied to a thread:').waitFor()
  await his.getByRole('button', { name: /\d repl/ }).click()
  const thread = bo.getByRole('log', { name: 'Thread' })
  await thread.getByText(/RequestId/).waitFor()
  await thread.getByText('Also sent to the channel').waitFor()
  expect(await his.getByRole('button', { name: 'Approve' }).count()).toBe(0)
})

test('a form shows an error at its field, and is sent once it is corrected', async () => {
  const ann = await windows.open(ANN)
  await command(ann, '/dts start dts-2sessions')
  const form = ann.getByRole('dialog', { name: 'Start a migration' })
  const submit = form.getByRole('button', { name: 'Ask for approval' })
  await expect.poll(() => focused(ann)).toBe('Why?')
  await submit.click()
  await form.getByText('Please complete this required field.').waitFor()
  await expect.poll(() => focused(ann)).toBe('Why?')
  await form.getByLabel('Why?').fill('   ')
  await submit.click()
  await form.getByText(/say why/i).waitFor()
  await expect.poll(() => focused(ann)).toBe('Why?')
  expect(await form.getByLabel('Why?').getAttribute('aria-invalid')).toBe('true')

  await form.getByLabel('Why?').fill('a new Redis')
  await submit.click()
  await form.waitFor({ state: 'detached' })
  await expect.poll(() => focused(ann)).toBe('Message to #db-migrations')
  await card(ann, 'sessions-to-new-redis').getByText('a new Redis').waitFor()
})

test('what is typed into a form survives a reload of the page', async () => {
  const ann = await windows.open(ANN)
  await command(ann, '/dts start dts-3catalog')
  const reason = ann.getByRole('dialog').getByLabel('Why?')
  await reason.fill('half a sentence')
  await expect.poll(() => formsOf(ANN)).toContain('half a sentence')
  await ann.reload()
  await reason.waitFor()
  expect(await reason.inputValue()).toBe('half a sentence')
  await ann.keyboard.press('Escape')
  await reason.waitFor({ state: 'detached' })
  await expect.poll(() => focused(ann)).toBe('Message to #db-migrations')
})

test('a job is found by typing part of its name', async () => {
  const ann = await windows.open(ANN)
  await command(ann, '/dts start')
  const form = ann.getByRole('dialog', { name: 'Start a migration' })
  const picker = form.getByRole('combobox', { name: /Job/ })
  await picker.click()
  await picker.pressSequentially('catal')
  await form.getByRole('option', { name: 'catalog-to-mongodb-6' }).waitFor()
  await expect.poll(() => form.getByRole('option').count()).toBe(1)
  await ann.keyboard.press('ArrowDown')
  await ann.keyboard.press('Enter')
  await form.getByText('dts-3catalog').waitFor()
  await expect.poll(() => focused(ann)).toBe('Why?')

  await form.getByText('dts-3catalog').click()
  await asBot(world, 'chat.postMessage', { channel: 'C0MIGRATE', text: 'meanwhile' })
  await ann.getByText('meanwhile').waitFor()
  expect(await focused(ann)).not.toBe('Why?')
  await form.getByRole('button', { name: 'Cancel' }).click()
  await form.waitFor({ state: 'detached' })
})

test('the bot is killed while people wait, and nothing is lost', async () => {
  const ann = await windows.open(ANN, 'pane=bot')
  const bo = await windows.open(BO, 'pane=bot')
  await ask(ann, 'dts-1kl0iy0v', 'orders, whatever happens')
  const approve = card(bo, 'orders-to-cynosdb').getByRole('button', { name: 'Approve' }).first()
  // The job overwrites root, so Slack asks once more.
  const sure = card(bo, 'orders-to-cynosdb').getByRole('dialog').getByRole('button').last()
  await approve.waitFor()
  await ann.getByRole('button', { name: 'Kill the bot' }).click()
  await bo.getByRole('button', { name: 'Bot is down' }).waitFor()

  await approve.click()
  await sure.click()
  await card(bo, 'orders-to-cynosdb').getByRole('alert').waitFor()
  await command(ann, '/dts help')
  await ann
    .getByRole('article', { name: /^Slackbot/ })
    .getByText(/\/dts failed/)
    .waitFor()
  await bo.getByLabel('Message to #db-migrations').fill('is it down?')
  await bo.keyboard.press('Enter')
  await ann.getByText('is it down?').waitFor()

  await bo.getByRole('button', { name: 'Start the bot' }).click()
  await bo.getByRole('button', { name: 'Bot is up' }).waitFor()
  await approve.click()
  await sure.click()
  await card(ann, 'orders-to-cynosdb')
    .getByText(/Running|Ready to cut over/)
    .waitFor()
  expect(await ann.getByText('Restarts').locator('+ dd').textContent()).toBe('1')
})

test('a slash command is completed and its usage shown', async () => {
  const ann = await windows.open(ANN)
  const box = ann.getByLabel('Message to #db-migrations')
  await box.fill('/')
  await ann.getByRole('option', { name: /\/dts start\|check\|watch\|status\|help/ }).waitFor()
  await box.press('Enter')
  expect(await box.inputValue()).toBe('/dts ')
  await ann.getByText('/dts start|check|watch|status|help [job-id] [region]').waitFor()
  await box.press('ArrowDown')
  await box.press('Enter')
  expect(await box.inputValue()).toBe('/dts start ')
  await box.fill('/nonsense')
  await box.press('Enter')
  await ann.getByText('/nonsense is not a valid command.').waitFor()
})

test('a command sent before the page has loaded the commands is not lost', async () => {
  const ann = await windows.open(ANN)
  const known = Promise.withResolvers<void>()
  await ann.route('**/api/facts', async (route) => {
    await known.promise
    await route.continue()
  })
  await ann.reload()
  await command(ann, '/dts help')
  known.resolve()
  await ann.getByText('Only visible to you').first().waitFor()
  expect(await ann.getByText('is not a valid command').count()).toBe(0)
})

test('an unsent message stays in the box, and sending clears the checkbox', async () => {
  const ann = await windows.open(ANN, 'pane=none')
  const box = ann.getByLabel('Message to #db-migrations')
  await ann.route('**/api/slack', (route) => route.abort('internetdisconnected'))
  await command(ann, 'are you there?')
  await ann.getByText(/does not answer. Is it still running/).waitFor()
  expect(await box.inputValue()).toBe('are you there?')
  await ann.unroute('**/api/slack')
  await expect.poll(() => windows.faults.splice(0).join()).toContain('ERR_INTERNET_DISCONNECTED')
  await box.press('Enter')
  const asked = ann.getByRole('article').filter({ hasText: 'are you there?' })
  await asked.hover()
  await asked.getByRole('button', { name: 'Reply in thread' }).click()
  const reply = ann.getByLabel('Message to the thread')
  const also = ann.getByRole('checkbox', { name: 'Also send to the channel' })
  await also.check()
  await reply.fill('yes')
  await reply.press('Enter')
  await ann.getByText('replied to a thread: are you there?').waitFor()
  await expect.poll(() => also.isChecked()).toBe(false)
  await reply.press('Escape')
  await reply.waitFor({ state: 'detached' })
  expect(await focused(ann)).toBe('Message to #db-migrations')
})

async function command(page: Page, text: string): Promise<void> {
  const box = page.getByLabel('Message to #db-migrations')
  await box.fill(text)
  await box.press('Enter')
}

async function ask(page: Page, job: string, why: string): Promise<void> {
  await command(page, `/dts start ${job}`)
  const form = page.getByRole('dialog', { name: 'Start a migration' })
  await form.getByLabel('Why?').fill(why)
  await form.getByRole('button', { name: 'Ask for approval' }).click()
  await form.waitFor({ state: 'detached' })
}

async function speedUp(page: Page): Promise<void> {
  await page.getByRole('button', { name: '100×' }).click()
}

/** What has the keyboard, by its label; empty for the page itself. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { activeElement: at } = document
    if (!at || at === document.body) return ''
    const label = document.getElementById(at.getAttribute('aria-labelledby') ?? '')
    return (label?.textContent ?? at.getAttribute('aria-label') ?? at.textContent).trim()
  })
}

function card(page: Page, job: string) {
  return page.getByRole('log').getByRole('article').filter({ hasText: job }).first()
}

async function formsOf(user: string): Promise<string> {
  return JSON.stringify((await workspaceOf(world)).forms[user] ?? '')
}
