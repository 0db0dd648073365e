import type { Facts, Shortcut, SlashCommand } from './facts.ts'

export type Completion = {
  /** The whole text once it is chosen. */
  text: string
  /** Runs at once instead. */
  shortcut?: Shortcut
  label: string
  about: string
}

/**
 * Completions for a line that begins with a slash: commands, then the words of a command's hint, and
 * shortcuts of the workspace by name.
 */
export function completions(text: string, { commands, shortcuts }: Facts): Completion[] {
  if (!text.startsWith('/') || text.includes('\n')) return []
  const [typed = '', word, ...more] = text.split(' ')
  if (word === undefined) {
    const begun = commands.filter(({ command }) => command.startsWith(typed)).map(asCommand)
    return [...begun, ...shortcuts.filter((one) => isMeant(one, typed)).map(asShortcut)]
  }
  if (more.length > 0) return []
  return wordsOf(commands.find(({ command }) => command === typed))
    .filter((one) => one.startsWith(word) && one !== word)
    .map((one) => ({ text: `${typed} ${one} `, label: `${typed} ${one}`, about: '' }))
}

function asCommand({ command, usage_hint: hint, description }: SlashCommand): Completion {
  return { text: `${command} `, label: `${command} ${hint}`, about: description }
}

function asShortcut(shortcut: Shortcut): Completion {
  return { text: '', shortcut, label: shortcut.name, about: shortcut.description }
}

/** Slack finds a shortcut by any word of its name. */
function isMeant({ type, name }: Shortcut, typed: string): boolean {
  const begin = typed.slice(1).toLowerCase()
  const words = name.toLowerCase().split(' ')
  return type === 'global' && words.some((word) => word.startsWith(begin))
}

/** The usage of the command being typed, from its app's manifest. */
export function usage(text: string, commands: SlashCommand[]): string | undefined {
  const known = commands.find(({ command }) => text.startsWith(`${command} `))
  return known && `${known.command} ${known.usage_hint}`
}

/** `start|status|help [job-id]`: the words before the brackets. */
function wordsOf(command: SlashCommand | undefined): string[] {
  return (command?.usage_hint.split(' ')[0] ?? '').split('|').filter(Boolean)
}
