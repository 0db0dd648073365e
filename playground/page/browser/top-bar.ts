import { html } from 'htm/preact'
import { Avatar } from './avatar.ts'
import { Icon } from './icon.ts'
import type { PageProps } from './page-props.ts'
import { onCallBeside, players } from './people.ts'
import { addressOf } from './place.ts'

type Props = PageProps & { onMenu: () => void; drawer: boolean }

/** Who I am, and whether the bot runs. */
export function TopBar({ world, place, go, me, onMenu, drawer }: Props) {
  const everyone = players(world.workspace)
  const { up } = world.bot
  return html`<header class="top">
    <button class="menu" aria-label="Channels and people" aria-expanded=${drawer} onClick=${onMenu}>
      <${Icon} name="menu" />
    </button>
    <h1>DTS playground</h1>
    <label class="who">
      <${Avatar} name=${world.workspace.users[me]?.name ?? me} small />
      <span class="label">You are</span>
      <select
        value=${me}
        onChange=${(event: Event) => go({ as: (event.target as HTMLSelectElement).value })}
      >
        ${everyone.map(
          ({ id, name, role }) =>
            html`<option key=${id} value=${id} selected=${id === me}>${name} (${role})</option>`,
        )}
      </select>
    </label>
    <a
      class="second"
      href=${addressOf({ ...place, as: onCallBeside(world.workspace, me) })}
      target="_blank"
      rel="noopener"
      title="Two windows, two people"
      >Open a second window as someone else</a
    >
    <button
      class="bot-state ${up ? 'up' : 'down'}"
      onClick=${() => go({ pane: place.pane === 'bot' ? 'none' : 'bot' })}
    >
      <span class="dot" aria-hidden="true"></span>${up ? 'Bot is up' : 'Bot is down'}
    </button>
  </header>`
}
