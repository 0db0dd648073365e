import { html } from 'htm/preact'
import { act, notify } from './act.ts'
import { Menu } from './blocks/elements/menu.ts'
import { type Shortcut, useFacts } from './facts.ts'

/** The app's message shortcuts, if its manifest has any. */
export function MessageShortcuts({ me, channel, ts }: { me: string; channel: string; ts: string }) {
  const shortcuts = useFacts().shortcuts.filter(({ type }) => type === 'message')
  if (shortcuts.length === 0) return undefined
  return html`<${Menu}
    choices=${shortcuts}
    draw=${({ name }: Shortcut) => html`${name}<span class="bk-detail">dts</span>`}
    onChoose=${(one: Shortcut) => void takeShortcut(me, one, { channel, ts })}
  />`
}

/** Runs the shortcut; a notice says when the app did not answer. */
export async function takeShortcut(
  me: string,
  { callback_id: callback, name }: Shortcut,
  on?: { channel: string; ts: string },
): Promise<void> {
  const answer = await act({ do: 'shortcut', user: me, callback, ...(on ? { on } : {}) })
  if (answer.ok && answer.value['ok'] === false) notify(`dts did not answer “${name}”.`)
}
