import { html } from 'htm/preact'
import { Composer } from './composer.ts'
import { Icon } from './icon.ts'
import { MessageList } from './message-list.ts'
import type { Shown } from './message.ts'
import type { PageProps } from './page-props.ts'
import { isApp, nameOf, onCallBeside } from './people.ts'
import { useReading } from './unread.ts'
import type { Workspace } from '../world.ts'

/** A channel: its messages and where I write. */
export function Conversation(props: PageProps) {
  const { world, place, me } = props
  const channel = world.workspace.channels[place.in]
  const messages = inChannel(props, place.in)
  const since = useReading(me, place.in, messages.findLast((m) => !m.ephemeral)?.ts ?? '')
  if (!channel?.members.includes(me)) {
    return html`<p class="empty">You are not in this channel. Choose another.</p>`
  }
  return html`<header class="head">
      <h2><${Icon} name=${channel.private ? 'lock' : 'hash'} />${channel.name}</h2>
      <span class="members">${channel.members.length} members</span>
    </header>
    ${
      messages.length === 0
        ? html`<div class="list">${welcome(world.workspace, place.in, me)}</div>`
        : html`<${MessageList}
            ...${props}
            messages=${messages}
            since=${since}
            label=${`Messages in ${channel.name}`}
          />`
    }
    ${
      channel.archived
        ? html`<p class="closed">This channel has been archived.</p>`
        : html`<${Composer} ...${props} channel=${place.in} name=${`#${channel.name}`} />`
    }`
}

/** What a person sees in a channel outside threads, oldest first. */
export function inChannel({ world, me }: PageProps, channel: string): Shown[] {
  const { messages, ephemerals } = world.workspace
  const all: Shown[] = [
    ...messages.filter((m) => m.channel === channel && (!m.threadTs || m.broadcast)),
    ...ephemerals
      .filter((m) => m.channel === channel && m.user === me && !m.threadTs)
      .map((m) => ({ ...m, user: m.from, ephemeral: true })),
  ]
  return all.sort((a, b) => Number(a.ts) - Number(b.ts))
}

/** How to begin, in a channel that the bot is in. */
function welcome(workspace: Workspace, channel: string, me: string): unknown {
  const { archived, members } = workspace.channels[channel] ?? { archived: false, members: [] }
  const hasBot = members.some((id) => isApp(workspace, id))
  if (archived || !hasBot) return html`<p class="empty">No messages yet.</p>`
  return html`<div class="welcome">
    <h3>Start a migration</h3>
    <ol>
      <li>
        Type <kbd>/dts start</kbd> below and press Enter, or press <em>Ask</em> at a job in the
        Cloud pane.
      </li>
      <li>Fill in the form.</li>
      <li>
        Switch to <strong>${nameOf(workspace, onCallBeside(workspace, me))}</strong>, who is on
        call, at the top of the page, and approve.
      </li>
      <li>Speed up the clock, fail the next DTS call, kill the bot.</li>
    </ol>
  </div>`
}
