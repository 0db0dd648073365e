import { html } from 'htm/preact'
import { Icon } from './icon.ts'
import type { PageProps } from './page-props.ts'
import { directMessages } from './people.ts'
import { addressOf } from './place.ts'
import { type Unread, unread, useReadMarks } from './unread.ts'

/** The channels of this person, and the app. */
export function Sidebar({ world, place, go, me, onChosen }: PageProps & { onChosen: () => void }) {
  const { workspace } = world
  useReadMarks()
  const channels = Object.entries(workspace.channels).filter(
    ([id, { members }]) => !id.startsWith('D') && members.includes(me),
  )
  const row = (to: string, label: unknown, news: Unread) =>
    html`<li key=${to}>
      <a
        href=${addressOf({ ...place, in: to })}
        class=${news.some ? 'unread' : ''}
        aria-current=${place.in === to ? 'page' : undefined}
        onClick=${(event: MouseEvent) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return
          event.preventDefault()
          go({ in: to })
          onChosen()
        }}
        >${label}
        ${
          news.mentions > 0
            ? html`<span class="badge"
                >${news.mentions}<span class="hidden">${mentioned(news.mentions)}</span></span
              >`
            : news.some && html`<span class="hidden">unread</span>`
        }</a
      >
    </li>`
  return html`<nav class="side" aria-label="Channels and apps">
    <h2>Channels</h2>
    <ul>
      ${channels.map(([id, { name, private: isPrivate, archived }]) =>
        row(
          id,
          html`<${Icon} name=${archived ? 'archive' : isPrivate ? 'lock' : 'hash'} />${name}`,
          unread(workspace, me, id),
        ),
      )}
    </ul>
    <h2>Apps</h2>
    <ul>
      ${row('home', html`<${Icon} name="home" />dts: Home`, NOTHING)}
      ${row(
        'messages',
        html`<${Icon} name="mail" />dts: Messages`,
        unread(workspace, me, directMessages(me)),
      )}
    </ul>
    <h2>Behind the scenes</h2>
    <ul>
      ${SCENES.map(
        ([pane, label, icon]) =>
          html`<li key=${pane}>
            <button
              aria-pressed=${place.pane === pane}
              onClick=${() => {
                go({ pane })
                onChosen()
              }}
            >
              <${Icon} name=${icon} />${label}
            </button>
          </li>`,
      )}
    </ul>
  </nav>`
}

function mentioned(times: number): string {
  return times === 1 ? ' mention of you' : ' mentions of you'
}

const SCENES = [
  ['cloud', 'Cloud', 'cloud'],
  ['inspector', 'Inspector', 'eye'],
  ['bot', 'Bot', 'bot'],
] as const

const NOTHING: Unread = { some: false, mentions: 0 }
