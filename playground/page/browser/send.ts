import { ask } from './act.ts'
import { knownFacts } from './facts.ts'

type Where = { user: string; channel: string; threadTs: string | undefined; broadcast: boolean }

/** Sends a message, or a command to the bot. Resolves with why it failed, or ''. */
export async function send(said: string, where: Where): Promise<string> {
  const { user, channel, threadTs, broadcast } = where
  const isCommand = said.startsWith('/')
  const problem = isCommand ? await problemOf(said, threadTs) : ''
  if (problem) return problem
  const answer = await (isCommand
    ? ask({ do: 'command', user, channel, text: said })
    : ask({ do: 'say', user, channel, text: said, ...(threadTs ? { threadTs, broadcast } : {}) }))
  return answer.ok ? '' : answer.error
}

/** What Slack says instead of sending a command, or ''. */
async function problemOf(said: string, threadTs: string | undefined): Promise<string> {
  const [command = ''] = said.split(/\s/)
  if (threadTs) return `${command} is not supported in threads. Sorry!`
  const { commands } = await knownFacts()
  const known = commands.some((one) => one.command === command)
  return known ? '' : `${command} is not a valid command.`
}
