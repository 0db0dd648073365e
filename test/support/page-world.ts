import { setTimeout as sleep } from 'node:timers/promises'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { startBrowser } from '../../playground/chromium.ts'
import { listen, servePage } from '../../playground/page/server.ts'
import type { Workspace } from '../../playground/page/world.ts'
import { startWorld } from '../../playground/pretend-world.ts'
import type { ActInput } from '../../playground/workspace/act.ts'

export const ANN = 'U0ANN'
export const BO = 'U0BO'

type Json = Record<string, unknown>

export type PageWorld = { url: string; slackUrl: string; dtsUrl: string }

/** The playground as people start it, once for all tests of a file; `manifest` is another app's. */
export function usePageWorld(manifest?: string): PageWorld {
  const stack = new AsyncDisposableStack()
  const made: PageWorld = { url: '', slackUrl: '', dtsUrl: '' }
  beforeAll(async () => {
    const world = await startWorld(10, manifest)
    stack.defer(() => world.stop())
    const page = servePage(await listen(0), world)
    stack.defer(() => page.close())
    Object.assign(made, { url: page.url, slackUrl: world.slackUrl, dtsUrl: world.dtsUrl })
  })
  afterAll(() => stack.disposeAsync())
  return made
}

export type Windows = {
  /** A new window for a person until the test ends; `where` is added to the address: `pane=cloud`. */
  open(user: string, where?: string, options?: BrowserContextOptions): Promise<Page>
  /** What went wrong in any of them. */
  faults: string[]
}

/** Windows of one browser, which is closed after the last test of the file. */
export function useWindows(world: PageWorld): Windows {
  const stack = new AsyncDisposableStack()
  const faults: string[] = []
  const browser = startBrowser()
  browser.catch(() => {})
  beforeAll(async () => {
    const started = await browser
    stack.defer(() => started.close())
  })
  afterAll(() => stack.disposeAsync())
  return {
    faults,
    async open(user, where = 'pane=cloud', options = {}) {
      const context = await (
        await browser
      ).newContext({ viewport: { width: 1280, height: 800 }, ...options })
      onTestFinished(() => context.close())
      const page = await context.newPage()
      page.on('pageerror', ({ message }) => faults.push(message))
      page.on('console', (said) => {
        if (said.type() === 'error') faults.push(said.text())
      })
      await page.goto(`${world.url}/?as=${user}&${where}`)
      return page
    },
  }
}

/** The whole workspace as it is now. */
export async function workspaceOf(world: PageWorld): Promise<Workspace> {
  const response = await fetch(`${world.slackUrl}/_control/state`)
  if (!response.ok) throw new Error(`the state was refused: ${await response.text()}`)
  return (await response.json()) as Workspace
}

/** Somebody does something in Slack, without the page. Throws when it is not possible. */
export async function doInSlack(world: PageWorld, act: ActInput): Promise<void> {
  const init = { method: 'POST', body: JSON.stringify(act) }
  const response = await fetch(`${world.slackUrl}/_control/act`, init)
  if (!response.ok) throw new Error(`${act.do} was refused: ${await response.text()}`)
}

/** Calls the Web API as the bot; waits out rate limits. Throws the error of a refusal. */
export async function asBot(world: PageWorld, method: string, body: object): Promise<Json> {
  const response = await fetch(`${world.slackUrl}/api/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer xoxb-playground' },
    body: JSON.stringify(body),
  })
  const wait = response.headers.get('retry-after')
  if (wait !== null) {
    await sleep(Number(wait) * 1_000)
    return asBot(world, method, body)
  }
  const answer = (await response.json()) as Json
  if (answer['ok'] !== true) throw new Error(`${method} was refused: ${String(answer['error'])}`)
  return answer
}
