import { setTimeout as sleep } from 'node:timers/promises'
import type { Message, Workspace } from './page/world.ts'
import type { ActInput } from './workspace/act.ts'
import { text } from './workspace/read.ts'

const ANN = 'U0ANN'
const BO = 'U0BO'
const CHANNEL = 'C0MIGRATE'
const JOB = 'dts-1kl0iy0v'

/** Plays one migration through the pretend world and prints what people see. */
export async function tellStory(slackUrl: string, dtsUrl: string): Promise<void> {
  const act = (what: ActInput) => post(`${slackUrl}/_control/act`, what)
  const until = async <T>(look: (seen: Workspace) => T | undefined): Promise<T> => {
    for (let tries = 0; tries < 600; tries++) {
      const found = look(await json<Workspace>(await fetch(`${slackUrl}/_control/state`)))
      if (found !== undefined) return found
      await sleep(100)
    }
    throw new Error('The story did not go on within a minute.')
  }
  const printer = createPrinter()

  console.log(`#db-migrations\n\n@ann  /dts start ${JOB}`)
  await act({ do: 'command', user: ANN, channel: CHANNEL, text: `/dts start ${JOB}` })
  const form = await until((seen) => {
    const { view } = seen.forms[ANN] ?? {}
    return view?.['submit'] ? { id: view.id, shown: text(view, namesOf(seen)) } : undefined
  })
  console.log(box(form.shown))
  console.log('@ann  Why? "Orders move to CynosDB"  [Ask for approval]')
  const value = { type: 'plain_text_input', value: 'Orders move to CynosDB' }
  await act({ do: 'use', user: ANN, in: { form: form.id }, action: 'dts_reason', value })
  await act({ do: 'submit', user: ANN })

  const { ts } = await until((seen) => printer.print(seen).find((m) => !m.threadTs))
  console.log('\n@bo   [Approve]')
  const button = { action: 'dts_approve', value: { type: 'button' } }
  await act({ do: 'use', user: BO, in: { channel: CHANNEL, ts }, ...button })

  const cardSays = (words: RegExp) =>
    until((seen) => printer.print(seen).find((m) => !m.threadTs && words.test(text(m))))
  const end = /Done in|Failed|Not started/
  const card = await cardSays(/Ready to cut over|Done in|Failed|Not started/)
  if (end.test(text(card))) return
  console.log('\n      (the owner of the job cuts over in the DTS console)')
  await post(`${dtsUrl}/_control/changeJob`, { id: JOB, change: { status: 12 } })
  await cardSays(end)
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
