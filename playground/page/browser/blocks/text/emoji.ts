/** The few names that status messages use; any other stays `:name:`. */
const EMOJI = new Map([
  ['arrow_forward', '▶️'],
  ['bell', '🔔'],
  ['eyes', '👀'],
  ['heavy_check_mark', '✔️'],
  ['hourglass', '⌛'],
  ['hourglass_flowing_sand', '⏳'],
  ['information_source', 'ℹ️'],
  ['large_green_circle', '🟢'],
  ['large_yellow_circle', '🟡'],
  ['lock', '🔒'],
  ['no_entry', '⛔'],
  ['question', '❓'],
  ['red_circle', '🔴'],
  ['rocket', '🚀'],
  ['rotating_light', '🚨'],
  ['smile', '😄'],
  ['tada', '🎉'],
  ['thumbsup', '👍'],
  ['+1', '👍'],
  ['warning', '⚠️'],
  ['wave', '👋'],
  ['white_check_mark', '✅'],
  ['x', '❌'],
])

/** `unicode` is Slack's: code points in hexadecimal, with dashes between. */
export function emoji(name: string, unicode = ''): string {
  const points = unicode.split('-').map((hex) => (/^[0-9a-f]{2,6}$/i.test(hex) ? `0x${hex}` : ''))
  const valid = points.every((point) => point !== '' && Number(point) <= 0x10_ff_ff)
  return valid ? String.fromCodePoint(...points.map(Number)) : (EMOJI.get(name) ?? `:${name}:`)
}

/** Text in which `:names:` that we know are drawn. */
export function withEmoji(text: string): string {
  return text.replace(/:([a-z0-9_+-]+):/g, (_, name: string) => emoji(name))
}
