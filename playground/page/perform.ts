import type { BotProcess } from '../bot-process.ts'
import type { Act } from './act.ts'

/** Something that cannot be done, in a sentence for the person. */
export class Impossible extends Error {
  override name = 'Impossible' as const
}

export type Reach = { slackUrl: string; dtsUrl: string; bot: BotProcess }

/** Does it, and resolves with what came of it. Throws `Impossible`. */
export async function perform({ slackUrl, dtsUrl, bot }: Reach, asked: Act): Promise<unknown> {
  const cloud = (verb: string, body: object): Promise<unknown> =>
    post(`${dtsUrl}/_control/${verb}`, body)
  switch (asked.do) {
    case 'addJob':
      return cloud('addSample', { database: asked.database, story: asked.story })
    case 'steerJob':
      return cloud('changeJob', { id: asked.id, change: CHANGES[asked.to] })
    case 'speed':
      return cloud('speed', { speed: asked.speed })
    case 'skip':
      return cloud('skipToNext', {})
    case 'breakCloud':
      return cloud('fault', faultOf(asked))
    case 'mendCloud':
      return cloud('clear', {})
    case 'kill':
      return botDoes(() => bot.kill())
    case 'start':
      return botDoes(() => bot.start())
    default:
      return post(`${slackUrl}/_control/act`, asked)
  }
}

const CHANGES = {
  cutOver: { status: 12 },
  stop: { status: 11 },
  overwriteRoot: { overrideRoot: true },
}

function faultOf({ how, code, action, times }: Extract<Act, { do: 'breakCloud' }>): object {
  const aim = { times, ...(action ? { action } : {}) }
  switch (how) {
    case 'error':
      return { kind: 'error', code, ...aim }
    case 'throttle':
      return { kind: 'error', code: 'RequestLimitExceeded', ...aim }
    default:
      return { kind: how, ...aim }
  }
}

async function botDoes(work: () => Promise<void>): Promise<object> {
  try {
    await work()
    return {}
  } catch (error) {
    throw new Impossible(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

async function post(url: string, body: object): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const answer = (await response.json()) as { error?: string }
  if (!response.ok) throw new Impossible(answer.error ?? `${url} answered ${response.status}.`)
  return answer
}
