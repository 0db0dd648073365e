import type { BotProcess } from '../bot-process.ts'

export type Reach = { slackUrl: string; dtsUrl: string; bot: BotProcess }
export type Answered = { status: number; body: string }

/**
 * Forwards a call of the page: `slack` is something that a person does, `dts/VERB` steers the pretend
 * DTS, `bot/kill` and `bot/start` the bot's process. Undefined for anything else.
 */
export async function forward(
  { slackUrl, dtsUrl, bot }: Reach,
  path: string,
  body: string,
): Promise<Answered | undefined> {
  const [to, verb = ''] = path.split('/')
  switch (to) {
    case 'slack':
      return post(`${slackUrl}/_control/act`, body)
    case 'dts':
      return post(`${dtsUrl}/_control/${encodeURIComponent(verb)}`, body)
    case 'bot':
      if (verb === 'kill') return result(bot.kill())
      if (verb === 'start') return result(bot.start())
      return undefined
    default:
      return undefined
  }
}

async function post(url: string, body: string): Promise<Answered> {
  const response = await fetch(url, { method: 'POST', body })
  return { status: response.status, body: await response.text() }
}

async function result(work: Promise<void>): Promise<Answered> {
  try {
    await work
    return { status: 200, body: '{}' }
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error)
    return { status: 409, body: JSON.stringify({ error: says }) }
  }
}
