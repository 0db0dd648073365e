import { html } from 'htm/preact'
import { useState } from 'preact/hooks'
import { BotPane } from './bot-pane.ts'
import { Cloud } from './cloud.ts'
import { Conversation } from './conversation.ts'
import { AppConversation } from './app-conversation.ts'
import { Form } from './form.ts'
import type { PageProps } from './page-props.ts'
import { Inspector } from './inspector.ts'
import { useWorld } from './live.ts'
import { Notices } from './notices.ts'
import { PaneTabs } from './pane-tabs.ts'
import { type Pane, usePlace } from './place.ts'
import { Sidebar } from './sidebar.ts'
import { Thread } from './thread.ts'
import { TopBar } from './top-bar.ts'

export function Page() {
  const { world, connected } = useWorld()
  const [place, go] = usePlace()
  const [drawer, setDrawer] = useState(false)
  if (!world) return html`<main class="waiting">Opening the playground …</main>`

  const props: PageProps = { world, place, go, me: place.as }
  const isApp = place.in === 'home' || place.in === 'messages'
  const form = world.workspace.forms[place.as]
  return html`
    <a class="skip" href="#conversation">Skip to the conversation</a>
    <${TopBar} ...${props} onMenu=${() => setDrawer(!drawer)} drawer=${drawer} />
    ${
      !connected &&
      html`<p class="offline" role="status">The playground does not answer. Trying again …</p>`
    }
    <div class="frame ${drawer ? 'drawer-open' : ''} ${place.pane === 'none' ? '' : 'with-pane'}">
      <${Sidebar} ...${props} onChosen=${() => setDrawer(false)} />
      <main id="conversation" tabindex="-1">
        ${
          isApp
            ? html`<${AppConversation} ...${props} />`
            : html`<${Conversation} key=${`${place.as} ${place.in}`} ...${props} />`
        }
      </main>
      ${
        place.pane !== 'none' &&
        html`<aside class="pane" aria-label="Behind the scenes">
          <${PaneTabs} ...${props} />
          ${paneOf(place.pane, props)}
        </aside>`
      }
    </div>
    ${form && html`<${Form} key=${form.view.id} ...${props} form=${form} />`}
    <${Notices} />
  `
}

function paneOf(pane: Exclude<Pane, 'none'>, props: PageProps): unknown {
  switch (pane) {
    case 'thread':
      return html`<${Thread} key=${props.place.thread} ...${props} />`
    case 'cloud':
      return html`<${Cloud} ...${props} />`
    case 'inspector':
      return html`<${Inspector} ...${props} />`
    case 'bot':
      return html`<${BotPane} ...${props} />`
  }
}
