import { html } from 'htm/preact'
import { Composer } from './composer.ts'
import { MessageList } from './message-list.ts'
import type { Shown } from './message.ts'
import type { PageProps } from './page-props.ts'

/** A message and its replies. */
export function Thread(props: PageProps) {
  const { world, place, me } = props
  const { messages, ephemerals, channels } = world.workspace
  const parent = messages.find((m) => m.ts === place.thread)
  if (!parent || !channels[parent.channel]?.members.includes(me)) {
    return html`<p class="empty">Choose a message's replies to see its thread here.</p>`
  }
  const shown: Shown[] = [
    ...messages.filter((m) => m.channel === parent.channel && m.threadTs === parent.ts),
    ...ephemerals
      .filter((m) => m.user === me && m.threadTs === parent.ts)
      .map((m) => ({ ...m, user: m.from, ephemeral: true })),
  ]
  const thread = [parent, ...shown.sort((a, b) => Number(a.ts) - Number(b.ts))]
  return html`<section class="thread" id="pane" role="tabpanel" aria-labelledby="pane-thread">
    <${MessageList} ...${props} messages=${thread} inThread label="Thread" />
    <${Composer} ...${props} channel=${parent.channel} threadTs=${parent.ts} name="the thread" />
  </section>`
}
