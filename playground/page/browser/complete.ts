import type { SlashCommand } from './facts.ts'

export type Completion = {
  /** The whole text when it is taken. */
  text: string
  label: string
  about: string
}

/** What could be meant by a line that begins with a slash: a command, then a word of its hint. */
export function completions(text: string, commands: SlashCommand[]): Completion[] {
  if (!text.startsWith('/') || text.includes('\n')) return []
  const [typed = '', word, ...more] = text.split(' ')
  if (word === undefined) {
    return commands
      .filter(({ command }) => command.startsWith(typed))
      .map(({ command, usage_hint: hint, description }) => ({
        text: `${command} `,
        label: `${command} ${hint}`,
        about: description,
      }))
  }
  if (more.length > 0) return []
  return wordsOf(commands.find(({ command }) => command === typed))
    .filter((one) => one.startsWith(word) && one !== word)
    .map((one) => ({ text: `${typed} ${one} `, label: `${typed} ${one}`, about: '' }))
}

/** How a command that is being typed goes on, in the words of its app. */
export function usage(text: string, commands: SlashCommand[]): string | undefined {
  const known = commands.find(({ command }) => text.startsWith(`${command} `))
  return known && `${known.command} ${known.usage_hint}`
}

/** `start|status|help [job-id]`: the words before the brackets. */
function wordsOf(command: SlashCommand | undefined): string[] {
  return (command?.usage_hint.split(' ')[0] ?? '').split('|').filter(Boolean)
}
