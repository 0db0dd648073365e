import { setTimeout as sleep } from 'node:timers/promises'
import type { Message, Workspace } from './page/world.ts'
import type { ActInput } from './workspace/act.ts'
import { text } from './workspace/read.ts'

const ANN = 'U0ANN'
const BO = 'U0BO'
const CHANNEL = 'C0MIGRATE'
const JOB = 'dts-1kl0iy0v'

/** Plays one migration through the pretend world and prints what people see. */
export async function tellStory(slackUrl: string): Promise<void> {
  const stage = openStage(slackUrl)
  console.log(`#db-migrations\n\n@ann  /dts start ${JOB}`)
  await stage.act({ do: 'command', user: ANN, channel: CHANNEL, text: `/dts start ${JOB}` })
  await submit(stage, 'Orders move to CynosDB')
  const card = await stage.cardSays(/Waiting for approval to start/)
  await press(stage, BO, card, 'Approve', 'dts_approve')

  const end = /Done in|Failed|Not started/
  if (end.test(text(await stage.cardSays(/Ready to cut over|Done in|Failed|Not started/)))) return
  await press(stage, ANN, card, 'Cut over…', 'dts_cut_over')
  await submit(stage, 'The shop is closed', CHECKLIST)
  await stage.cardSays(/Waiting for approval to cut over/)
  await press(stage, BO, card, 'Approve', 'dts_approve')
  await stage.cardSays(end)
}

const CHECKLIST = {
  type: 'checkboxes',
  selected_options: ['0', '1', '2'].map((value) => ({ value })),
}

type Stage = ReturnType<typeof openStage>

/** What people do, and what they wait for. */
function openStage(slackUrl: string) {
  const printer = createPrinter()
  const until = async <T>(look: (seen: Workspace) => T | undefined): Promise<T> => {
    for (let tries = 0; tries < 600; tries++) {
      const found = look(await json<Workspace>(await fetch(`${slackUrl}/_control/state`)))
      if (found !== undefined) return found
      await sleep(100)
    }
    throw new Error('The story did not go on within a minute.')
  }
  return {
    until,
    act: (what: ActInput) => post(`${slackUrl}/_control/act`, what),
    cardSays: (words: RegExp) =>
      until((seen) => printer.print(seen).find((m) => !m.threadTs && words.test(text(m)))),
  }
}

async function press(
  { act }: Stage,
  user: string,
  { ts }: Message,
  label: string,
  action: string,
): Promise<void> {
  console.log(`\n${user === ANN ? '@ann ' : '@bo  '} [${label}]`)
  const where = { channel: CHANNEL, ts }
  await act({ do: 'use', user, in: where, action, value: { type: 'button' } })
}

/** Ann fills her form, prints it, and sends it. */
async function submit({ act, until }: Stage, why: string, checklist?: object): Promise<void> {
  const form = await until((seen) => {
    const { view } = seen.forms[ANN] ?? {}
    return view?.['submit'] ? { id: view.id, shown: text(view, namesOf(seen)) } : undefined
  })
  console.log(box(form.shown))
  const fill = (action: string, value: object) =>
    act({ do: 'use', user: ANN, in: { form: form.id }, action, value: { ...value } })
  if (checklist) await fill('dts_checklist', checklist)
  await fill('dts_reason', { type: 'plain_text_input', value: why })
  console.log(`@ann  Why? "${why}"  [Ask for approval]`)
  await act({ do: 'submit', user: ANN })
}

/** Prints every message that is new or edited. */
function createPrinter() {
  const shown = new Map<string, string>()
  return {
    /** Returns all messages, printed now or before. */
    print(seen: Workspace): Message[] {
      for (const message of seen.messages) {
        const words = text(message, namesOf(seen))
        if (shown.get(message.ts) === words) continue
        const where = message.threadTs ? (message.broadcast ? 'thread, and channel' : 'thread') : ''
        const what = shown.has(message.ts) ? 'card, edited' : where || 'card'
        shown.set(message.ts, words)
        console.log(`\n@dts  (${what})\n${box(words)}`)
      }
      return seen.messages
    },
  }
}

function namesOf({ users, groups, channels }: Workspace): (id: string) => string {
  return (id) => {
    const channel = channels[id]
    return channel ? `#${channel.name}` : `@${users[id]?.name ?? groups[id]?.handle ?? id}`
  }
}

function box(words: string): string {
  return words
    .split('\n')
    .map((line) => `    | ${line}`)
    .join('\n')
}

async function post(url: string, body: object): Promise<void> {
  await json(await fetch(url, { method: 'POST', body: JSON.stringify(body) }))
}

async function json<T>(response: Response): Promise<T> {
  const answer: unknown = await response.json()
  if (!response.ok) throw new Error(`${response.url}: ${JSON.stringify(answer)}`)
  return answer as T
}
