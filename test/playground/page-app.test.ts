import { afterEach, expect, test, vi } from 'vitest'
import { ANN, BO, asBot, usePageWorld, useWindows } from '../support/page-world.ts'
import { EVERYTHING, plain } from './plain-app.ts'

/* Home and shortcuts, with an app that uses more of Slack than ours. */

const world = usePageWorld(EVERYTHING)
const windows = useWindows(world)
vi.setConfig({ testTimeout: 60_000 })

afterEach(() => expect(windows.faults.splice(0)).toEqual([]))

test('each person sees the Home published for them', async () => {
  const blocks = [{ type: 'header', text: plain('Two migrations wait') }]
  await publish(blocks)
  const bo = await windows.open(BO, 'in=home')
  await bo.getByRole('heading', { name: 'Two migrations wait' }).waitFor()
  const ann = await windows.open(ANN, 'in=home')
  await ann.getByText('dts has not published a Home for you.').waitFor()
})

test('text typed into Home reaches the app on Enter if the block dispatches', async () => {
  const asked = (name: string, more: object) => ({
    type: 'input',
    block_id: name,
    label: plain(name),
    element: { type: 'plain_text_input', action_id: name },
    ...more,
  })
  await publish([asked('Quiet', {}), asked('Loud', { dispatch_action: true })])
  const bo = await windows.open(BO, 'in=home&pane=inspector')
  const rows = bo.getByRole('tabpanel', { name: 'Inspector' }).getByRole('listitem')
  await bo.getByLabel('Quiet').fill('psst')
  await bo.getByLabel('Quiet').press('Enter')
  await bo.getByLabel('Loud').fill('hey')
  await bo.getByLabel('Loud').press('Enter')
  await rows.getByRole('button', { name: /block_actions Loud/ }).click()
  await rows.getByText('"value": "hey"').first().waitFor()
  await rows.getByText('"value": "psst"').first().waitFor()
  expect(await rows.filter({ hasText: 'block_actions Quiet' }).count()).toBe(0)
})

test('a global shortcut is found by name, and an unanswered one is marked', async () => {
  const ann = await windows.open(ANN, 'pane=inspector')
  const box = ann.getByLabel('Message to #db-migrations')
  await box.fill('/start')
  await ann.getByRole('option', { name: /Ask for a start/ }).waitFor()
  await box.press('Enter')
  expect(await box.inputValue()).toBe('')
  await ann.getByText('dts did not answer “Ask for a start”.').waitFor()
  const row = ann.getByRole('listitem').filter({ hasText: 'shortcut ask' })
  await row.getByText(/\d ms, too late/).waitFor()
  const late = row.getByText('too late')
  expect(await colour(late)).toBe(await colour(row.getByText('did not respond')))
  const quick = ann
    .getByRole('listitem')
    .getByText(/^\d+ ms$/)
    .first()
  expect(await colour(late)).not.toBe(await colour(quick))
})

test('a message shortcut is in the menu of the message, by keyboard too', async () => {
  await asBot(world, 'chat.postMessage', { channel: 'C0MIGRATE', text: 'a card' })
  const ann = await windows.open(ANN, 'pane=inspector')
  const message = ann.getByRole('article').filter({ hasText: 'a card' })
  await message.getByRole('button', { name: 'More actions' }).focus()
  await ann.keyboard.press('Enter')
  await message.getByRole('button', { name: /About this job/ }).waitFor()
  await ann.keyboard.press('Escape')
  await message.getByRole('button', { name: /About this job/ }).waitFor({ state: 'hidden' })
  await ann.keyboard.press('Enter')
  await message.getByRole('button', { name: /About this job/ }).click()
  await ann.getByRole('listitem').filter({ hasText: 'message_action about' }).waitFor()
})

async function publish(blocks: object[]): Promise<void> {
  const view = { type: 'home', blocks }
  await asBot(world, 'views.publish', { user_id: BO, view })
}

type Drawn = { evaluate(script: (element: Element) => string): Promise<string> }

function colour(drawn: Drawn): Promise<string> {
  return drawn.evaluate((element) => getComputedStyle(element).color)
}
