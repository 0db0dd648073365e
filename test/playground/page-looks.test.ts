import axe from 'axe-core'
import type { Locator, Page } from 'playwright-core'
import { afterEach, expect, test, vi } from 'vitest'
import type { ActInput } from '../../playground/workspace/act.ts'
import {
  ANN,
  BO,
  asBot,
  doInSlack,
  usePageWorld,
  useWindows,
  workspaceOf,
} from '../support/page-world.ts'
import { plain } from './plain-app.ts'

/* Inspector, console, unread marks, phones and accessibility of the page. */

const world = usePageWorld()
const windows = useWindows(world)
vi.setConfig({ testTimeout: 60_000 })
/** Axe takes seconds for each state of the page. */
const SLOW = { timeout: 90_000 }
const PHONE = { viewport: { width: 375, height: 740 }, hasTouch: true }

afterEach(() => expect(windows.faults.splice(0)).toEqual([]))

test('the inspector shows refused calls, with JSON to copy', async () => {
  const postBlock = (type: string) =>
    asBot(world, 'chat.postMessage', { channel: 'C0MIGRATE', text: 'x', blocks: [{ type }] })
  await expect(postBlock('nope')).rejects.toThrow('invalid_blocks')
  const ann = await windows.open(ANN, 'pane=inspector')
  await ann.getByRole('checkbox', { name: /failed or late/ }).check()
  const rows = ann.getByRole('tabpanel').getByRole('listitem')
  await expect.poll(() => rows.count()).toBe(1)
  await rows.getByRole('button', { name: /chat\.postMessage.*invalid_blocks/ }).click()
  await ann.getByRole('button', { name: 'Copy for Block Kit Builder' }).waitFor()
  await rows.getByText('"type": "nope"').waitFor()
  await rows.getByText(/^\d+:\d\d:\d\d/).waitFor()
  expect(await rows.textContent()).not.toContain('xoxb')
  await ann.getByRole('button', { name: 'Copy the request' }).click()
  await ann.getByRole('button', { name: 'Cannot copy here' }).waitFor()

  const open = ann.getByRole('button', { name: /chat\.postMessage/, expanded: true })
  const top = () => open.evaluate((element) => element.getBoundingClientRect().top)
  const before = await top()
  await expect(postBlock('new')).rejects.toThrow('invalid_blocks')
  await expect.poll(() => rows.count()).toBe(2)
  expect(Math.abs((await top()) - before)).toBeLessThan(1)
})

test('the console adds jobs, sets the clock and makes calls fail', async () => {
  const ann = await windows.open(ANN)
  const jobs = ann.getByRole('listitem')
  await ann.getByLabel('New job').selectOption('Redis')
  await ann.getByLabel('Kind', { exact: true }).selectOption('will fail half-way')
  await ann.getByRole('button', { name: 'Add it' }).click()
  const made = jobs.filter({ hasText: 'redis-will-fail-half-way' })
  await made.getByText('Check passed').waitFor()
  await made.getByRole('button', { name: 'Ask' }).click()
  const box = ann.getByLabel('Message to #db-migrations')
  expect(await box.inputValue()).toMatch(/^\/dts start dts-/)
  await box.fill('half a sentence')
  await made.getByRole('button', { name: 'Ask' }).click()
  await ann.getByText(/You are writing something else/).waitFor()
  expect(await box.inputValue()).toBe('half a sentence')
  await box.fill('')
  await ann.getByRole('link', { name: 'dts: Home' }).click()
  await made.getByRole('button', { name: 'Ask' }).click()
  await expect.poll(() => box.inputValue()).toMatch(/^\/dts start dts-/)
  await made.getByRole('button', { name: /overwrite root/ }).click()
  await made.getByText('overwrites the root account').waitFor()

  await ann.getByLabel('fails with').selectOption('an error code')
  await ann
    .getByLabel('error code', { exact: true })
    .selectOption('FailedOperation.StatusInConflict')
  await ann.getByRole('button', { name: 'Make it fail' }).click()
  await ann.getByText(/Will fail: DTS: any call with FailedOperation\.StatusInConflict/).waitFor()
  await ann.getByRole('button', { name: 'Clear', exact: true }).click()
  await ann.getByText(/No call will fail/).waitFor()

  await ann.getByRole('button', { name: '500, no effect' }).click()
  await ann.getByText(/Will fail: Slack/).waitFor()
  await ann.getByRole('button', { name: 'Clear', exact: true }).click()
  await ann.getByText(/No call will fail/).waitFor()
  await ann.getByRole('button', { name: '1×', exact: true }).click()
  await ann.getByRole('button', { name: '1×', exact: true, pressed: true }).waitFor()
})

test('unread channels are marked until they are opened', async () => {
  const ann = await windows.open(ANN, 'in=C0RANDOM')
  const bo = await windows.open(BO, 'in=C0RANDOM')
  await ann.getByText('No messages yet.').waitFor()
  await command(bo, 'I am hungry', 'random')
  await ann.getByText('I am hungry').waitFor()
  await ann.getByRole('link', { name: 'db-migrations' }).click()
  await command(bo, '@ann, lunch?', 'random')
  await ann.getByRole('link', { name: /random.*1 mention of you/ }).click()
  const lunch = ann.getByRole('article').filter({ hasText: 'lunch?' })
  await lunch.getByText('bo', { exact: true }).waitFor()
  await expect.poll(() => ann.getByRole('link', { name: /random.*of you/ }).count()).toBe(0)
})

test('every card names its author, and so does a message after a broadcast from a thread', async () => {
  const post = (more: object) => asBot(world, 'chat.postMessage', { channel: 'C0MIGRATE', ...more })
  const card = (text: string) => ({ text, blocks: [{ type: 'section', text: plain(text) }] })
  const { ts } = await post(card('the first card'))
  await post(card('the second card'))
  await post({ text: 'told from a thread', thread_ts: ts, reply_broadcast: true })
  await post({ text: 'said after it' })
  const ann = await windows.open(ANN, 'pane=none')
  for (const text of ['the second card', 'said after it']) {
    const message = ann.getByRole('article').filter({ hasText: text })
    await message.getByText('dts', { exact: true }).waitFor()
  }
})

test('at 375 px nothing is cut off, and sidebar and panes open with one tap', async () => {
  const ann = await windows.open(ANN, 'in=C0MIGRATE', PHONE)
  await fits(ann)
  await ann.getByRole('button', { name: 'Channels and people' }).click()
  await ann.getByRole('link', { name: 'random' }).click()
  await ann.getByRole('heading', { name: 'random' }).waitFor()
  await ann.getByRole('button', { name: 'Channels and people' }).click()
  await ann.getByRole('button', { name: 'Cloud' }).click()
  await ann.getByRole('button', { name: 'Skip to the next change' }).waitFor()
  await fits(ann)
  await ann.getByRole('button', { name: 'Ask', exact: true }).first().click()
  await ann.getByLabel('Message to #random').press('Control+a')
  await ann.keyboard.press('Delete')
  await ann.getByRole('button', { name: 'Channels and people' }).click()
  await ann.getByRole('button', { name: 'Cloud' }).click()
  await ann.getByRole('tab', { name: 'Inspector' }).click()
  await fits(ann)
  await ann.getByRole('button', { name: 'Close the pane' }).click()
  await command(ann, '/dts start dts-1kl0iy0v', 'random')
  await ann.getByText(/I'm not in this channel/).waitFor()
  await fits(ann)
  await ann.getByRole('button', { name: 'Close', exact: true }).last().click()
  await ann.getByRole('dialog').waitFor({ state: 'detached' })
})

test.each([
  ['light', 'a screen', {}, 'dts-4billing'],
  ['dark', 'a phone', PHONE, 'dts-3catalog'],
] as const)(
  'axe finds no accessibility problem (%s, on %s)',
  SLOW,
  async (colorScheme, _, size, job) => {
    const ann = await windows.open(ANN, 'pane=none', { ...size, colorScheme, bypassCSP: true })
    await say(ann, 'hello')
    await accessible(ann, 'a channel')
    await command(ann, '/dts help')
    await ann.getByText('Only visible to you').first().waitFor()
    await ann.getByLabel('Message to #db-migrations').fill('/')
    await accessible(ann, 'a completion')
    await command(ann, '/dts start dts-2sessions')
    await ann.getByRole('dialog').getByLabel('Why?').fill('  ')
    await ann.getByRole('button', { name: 'Ask for approval' }).click()
    await ann.getByText(/say why/i).waitFor()
    await accessible(ann, 'a form with an error')
    await cancel(ann)
    await command(ann, '/dts start')
    await ann.getByRole('combobox', { name: /Job/ }).click()
    await ann.getByRole('dialog').getByRole('option').first().waitFor()
    await expect.poll(() => uncovered(ann.getByRole('listbox', { name: 'Choices' }))).toBe(true)
    await accessible(ann, 'a form with an open list')
    await ann.keyboard.press('Escape')
    await cancel(ann)
    await askFor(job, `${job}, to be read by everybody`)
    const card = ann.getByRole('article').filter({ hasText: `${job}, to be read` })
    await card.getByRole('button', { name: 'Approve' }).waitFor()
    await say(ann, '@bo, please look')
    await accessible(ann, 'a channel with a card')
    await card.hover()
    await card.getByRole('button', { name: 'Reply in thread' }).click()
    await ann.getByLabel('Message to the thread').fill('because it is urgent')
    await ann.keyboard.press('Enter')
    await ann.getByRole('log', { name: 'Thread' }).getByText('because it is urgent').waitFor()
    await accessible(ann, 'a thread')
    for (const pane of ['cloud', 'inspector', 'bot']) {
      await ann.goto(`${world.url}/?as=${ANN}&pane=${pane}`)
      await ann.getByRole('tabpanel').waitFor()
      await accessible(ann, pane)
    }
    await ann.goto(`${world.url}/?as=${ANN}&in=home&pane=none`)
    await accessible(ann, 'Home')
  },
)

/** Ann asks for a start, without the page. */
async function askFor(job: string, why: string): Promise<void> {
  const act = (what: Partial<ActInput>) => doInSlack(world, { user: ANN, ...what } as ActInput)
  await act({ do: 'command', channel: 'C0MIGRATE', text: `/dts start ${job}` })
  const ready = async () => (await workspaceOf(world)).forms[ANN]?.view['submit']
  await expect.poll(ready).toBeTruthy()
  const form = (await workspaceOf(world)).forms[ANN]?.view.id ?? ''
  const value = { type: 'plain_text_input', value: why }
  await act({ do: 'use', in: { form }, action: 'dts_reason', value })
  await act({ do: 'submit' })
}

async function accessible(page: Page, what: string): Promise<void> {
  await page.evaluate(axe.source)
  const found = await page.evaluate<{ violations: Violation[] }>('axe.run()')
  const told = found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
  )
  expect(told, what).toEqual([])
}

type Violation = { id: string; nodes: { html: string }[] }

/** Nobody has to scroll sideways. */
async function fits(page: Page): Promise<void> {
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(375)
}

/** Whether all four corners can be seen and touched. */
function uncovered(box: Locator): Promise<boolean> {
  return box.evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect()
    return [left + 3, right - 3].every((x) =>
      [top + 3, bottom - 3].every((y) => element.contains(document.elementFromPoint(x, y))),
    )
  })
}

async function command(page: Page, text: string, channel = 'db-migrations'): Promise<void> {
  const box = page.getByLabel(`Message to #${channel}`)
  await box.fill(text)
  await box.press('Enter')
}

async function cancel(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

async function say(page: Page, text: string): Promise<void> {
  await command(page, text)
  await page.getByText(text).first().waitFor()
}
