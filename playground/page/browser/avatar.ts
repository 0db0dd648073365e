import { html } from 'htm/preact'
import { Icon } from './icon.ts'

const GROUNDS = ['#8a3b12', '#0b5cad', '#6a3fa0', '#1b6b3a', '#96244f', '#3d5a80', '#7a5b00']

/** A square with a letter; the bot has arrows. */
export function Avatar({ name, bot, small }: { name: string; bot?: boolean; small?: boolean }) {
  const letter = name.slice(0, 1).toUpperCase()
  const ground = bot ? '#0052d9' : GROUNDS[letter.charCodeAt(0) % GROUNDS.length]
  return html`<span
    class="avatar ${small ? 'small' : ''}"
    style=${{ background: ground }}
    aria-hidden="true"
    >${bot ? html`<${Icon} name="bot" />` : letter}</span
  >`
}
