import { setTimeout as sleep } from 'node:timers/promises'
import { text } from './workspace/read.ts'
import type { OpenView } from './workspace/open-view.ts'
import type { Ephemeral, Message } from './workspace/workspace.ts'

const ANN = 'U0ANN'
const BO = 'U0BO'
const CHANNEL = 'C0MIGRATE'
const JOB = 'dts-1kl0iy0v'

type State = {
  messages: Message[]
  ephemerals: Ephemeral[]
  views: Record<string, OpenView>
  users: Record<string, string>
  groups: Record<string, string>
  channels: Record<string, string>
}

/** Plays one migration through the pretend world and prints what people see. */
export async function tellStory(slackUrl: string, dtsUrl: string): Promise<void> {
  const act = (what: object) => post<State>(`${slackUrl}/_control/act`, what)
  const until = async <T>(look: (state: State) => T | undefined): Promise<T> => {
    for (let tries = 0; tries < 600; tries++) {
      const found = look(await act({ do: 'state' }))
      if (found) return found
      await sleep(100)
    }
    throw new Error('The story did not go on within a minute.')
  }
  const card = ({ messages }: State): Message | undefined => messages.find((m) => !m.threadTs)
  const printer = createPrinter()

  console.log(`#db-migrations\n\n@ann  /dts start ${JOB}`)
  await act({ do: 'command', user: ANN, channel: CHANNEL, text: `/dts start ${JOB}` })
  const form = await until(({ views }) => (views[ANN]?.view['submit'] ? views[ANN] : undefined))
  console.log(box(text(form.view, printer.name(await act({ do: 'state' })))))
  console.log('@ann  Why? "Orders move to CynosDB"  [Ask for approval]')
  await act({ do: 'fill', user: ANN, action: 'dts_reason', value: 'Orders move to CynosDB' })
  await act({ do: 'submit', user: ANN })

  const asked = await until(card)
  await printer.print(await act({ do: 'state' }))
  console.log('\n@bo   [Approve]')
  await act({ do: 'click', user: BO, channel: CHANNEL, ts: asked.ts, action: 'dts_approve' })
  await follow(dtsUrl, printer, until, act)
}

async function follow(
  dtsUrl: string,
  printer: Printer,
  until: <T>(look: (state: State) => T | undefined) => Promise<T>,
  act: (what: object) => Promise<State>,
): Promise<void> {
  let cutOver = false
  for (;;) {
    await until((state) => (printer.hasNews(state) ? true : undefined))
    const state = await act({ do: 'state' })
    await printer.print(state)
    const said = state.messages.map((m) => text(m)).join('\n')
    if (/Done in|Failed|Not started/.test(said)) return
    if (/Ready to cut over/.test(said) && !cutOver) {
      cutOver = true
      console.log('\n      (somebody cuts over in the console)')
      await post(`${dtsUrl}/_control/changeJob`, { id: JOB, change: { status: 12 } })
    }
  }
}

type Printer = {
  name(state: State): (id: string) => string
  hasNews(state: State): boolean
  print(state: State): Promise<void>
}

function createPrinter(): Printer {
  const shown = new Map<string, string>()
  const key = (m: Message): string => `${m.text} ${JSON.stringify(m.blocks)}`
  const name =
    ({ users, groups, channels }: State) =>
    (id: string): string =>
      channels[id] ? `#${channels[id]}` : `@${users[id] ?? groups[id] ?? id}`
  const isNews = (m: Message): boolean => shown.get(m.ts) !== key(m)
  return {
    name,
    hasNews: ({ messages }) => messages.some(isNews),
    async print(state) {
      for (const message of state.messages.filter(isNews)) {
        const where = message.threadTs ? (message.broadcast ? 'thread, and channel' : 'thread') : ''
        const what = shown.has(message.ts) ? 'card, edited' : where || 'card'
        shown.set(message.ts, key(message))
        console.log(`\n@dts  (${what})\n${box(text(message, name(state)))}`)
      }
    },
  }
}

function box(words: string): string {
  return words
    .split('\n')
    .map((line) => `    | ${line}`)
    .join('\n')
}

async function post<T>(url: string, body: object): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const answer: unknown = await response.json()
  if (!response.ok) throw new Error(`${url}: ${JSON.stringify(answer)}`)
  return answer as T
}
