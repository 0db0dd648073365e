import { html } from 'htm/preact'
import { useEffect } from 'preact/hooks'
import { ask, noticed, use } from './act.ts'
import { Blocks } from './blocks/blocks.ts'
import type { Json } from './blocks/props.ts'
import { inChannel } from './conversation.ts'
import { useFacts } from './facts.ts'
import { MessageList } from './message-list.ts'
import type { PageProps } from './page-props.ts'
import { directMessages } from './people.ts'
import { suggest } from './suggest.ts'
import { useReading } from './unread.ts'

/** The app's Home tab and its direct messages to me. */
export function AppConversation(props: PageProps) {
  const { place, go } = props
  const tab = (to: string, label: string) =>
    html`<button
      role="tab"
      id=${`tab-${to}`}
      aria-selected=${place.in === to}
      aria-controls="app-tab"
      onClick=${() => go({ in: to })}
    >
      ${label}
    </button>`
  return html`<header class="head">
      <h2>dts</h2>
      <div role="tablist" aria-label="dts" class="tabs">
        ${tab('home', 'Home')}${tab('messages', 'Messages')}
      </div>
    </header>
    <div role="tabpanel" id="app-tab" aria-labelledby=${`tab-${place.in}`} class="app-tab">
      ${
        place.in === 'home'
          ? html`<${Home} key=${props.me} ...${props} />`
          : html`<${Messages} key=${props.me} ...${props} />`
      }
    </div>`
}

function Home({ world, me }: PageProps) {
  const { home: enabled } = useFacts()
  useEffect(() => void ask({ do: 'openHome', user: me }), [me])
  const home = world.workspace.homes[me]
  if (!home) {
    return html`<p class="empty">
      ${
        enabled
          ? 'dts has not published a Home for you.'
          : 'dts has no Home tab: its manifest does not enable it.'
      }
    </p>`
  }
  const inHome = async (element: Json, value: Json, sent: boolean): Promise<void> =>
    void noticed(await use(me, { home: true }, element, value, sent))
  return html`<div class="home" tabindex="0" role="region" aria-label="Home of dts">
    <${Blocks}
      blocks=${home.view.blocks}
      names=${world.workspace}
      surface="home"
      values=${home.values}
      errors=${{}}
      onAct=${(element: Json, value: Json) => inHome(element, value, true)}
      onFill=${(element: Json, value: Json) => inHome(element, value, false)}
      suggest=${(element: Json, words: string) => suggest(me, element, words)}
    />
  </div>`
}

function Messages(props: PageProps) {
  const channel = directMessages(props.me)
  const messages = inChannel(props, channel)
  const since = useReading(props.me, channel, messages.at(-1)?.ts ?? '')
  return html`${
      messages.length > 0
        ? html`<${MessageList} ...${props} messages=${messages} since=${since} label="From dts" />`
        : html`<p class="empty">If a channel rejects a message for you, dts sends it here.</p>`
    }
    <p class="closed">Sending messages to this app has been turned off.</p>`
}
