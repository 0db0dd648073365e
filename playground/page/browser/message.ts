import { html } from 'htm/preact'
import { useState } from 'preact/hooks'
import { Avatar } from './avatar.ts'
import { Blocks } from './blocks/blocks.ts'
import type { Json } from './blocks/props.ts'
import { use as useElement } from './act.ts'
import { Icon } from './icon.ts'
import type { PageProps } from './page-props.ts'
import { isApp, nameOf } from './people.ts'
import { MessageShortcuts } from './shortcuts.ts'
import { clock, dateOf, full } from './time.ts'

/** A message of a channel, of a thread, or one that only I see. */
export type Shown = {
  channel: string
  ts: string
  threadTs?: string
  broadcast?: boolean
  user: string
  text: string
  blocks: Json[]
  edits?: number
  ephemeral?: boolean
}

type Props = PageProps & {
  message: Shown
  /** The same author spoke just before. */
  follows: boolean
  replies?: number
  inThread?: boolean
  onDismiss?: () => void
}

export function Message(props: Props) {
  const { world, me, message, follows, replies = 0, inThread, onDismiss, go } = props
  const { user, ts, edits = 0, ephemeral, broadcast, threadTs, text, blocks } = message
  const { workspace } = world
  const [use, trouble] = useElements(props)
  const author = nameOf(workspace, user)
  const bot = isApp(workspace, user)
  const at = dateOf(ts)
  const compact = follows && !ephemeral && !broadcast
  return html`<article
    class="message ${ephemeral ? 'ephemeral' : ''} ${compact ? 'compact' : ''}"
    aria-label=${`${author}, ${clock(at)}`}
  >
    ${!compact && html`<${Avatar} name=${author} bot=${bot} />`}
    <div class="said">
      ${ephemeral && html`<p class="only"><${Icon} name="eye" />Only visible to you</p>`}
      ${broadcast && replied(props)}
      ${
        !compact &&
        html`<p class="by">
          <strong>${author}</strong>${bot && html`<span class="app">APP</span>`}
          <time datetime=${at.toISOString()} title=${full(at)}>${clock(at)}</time>
        </p>`
      }
      <${Blocks}
        blocks=${blocks.length > 0 ? blocks : plain(text)}
        names=${workspace}
        surface="message"
        values=${{}}
        errors=${{}}
        onAct=${use}
        onFill=${() => undefined}
        suggest=${async () => []}
      />
      ${edits > 0 && html`<span class="edited">(edited)</span>`}
      ${trouble && html`<p class="trouble" role="alert"><${Icon} name="warning" />${trouble}</p>`}
      ${
        replies > 0 &&
        html`<button class="replies" onClick=${() => go({ pane: 'thread', thread: ts })}>
          ${replies} ${replies === 1 ? 'reply' : 'replies'}
        </button>`
      }
      ${onDismiss && html`<button class="dismiss" onClick=${onDismiss}>Dismiss message</button>`}
    </div>
    ${
      !ephemeral &&
      html`<span class="beside">
        ${
          !inThread &&
          html`<button
            aria-label="Reply in thread"
            title="Reply in thread"
            onClick=${() => go({ pane: 'thread', thread: threadTs ?? ts })}
          >
            <${Icon} name="reply" />
          </button>`
        }
        <${MessageShortcuts} me=${me} channel=${message.channel} ts=${ts} />
      </span>`
    }
  </article>`
}

/** Uses an element; the string is what Slack says when the bot does not answer. */
function useElements({ me, message }: Props): [(element: Json, value: Json) => void, string] {
  const [trouble, setTrouble] = useState('')
  const use = async (element: Json, value: Json): Promise<void> => {
    setTrouble('')
    const { channel, ts } = message
    const answer = await useElement(me, { channel, ts }, element, value, true)
    if (!answer.ok) setTrouble(answer.error)
    else if (answer.value['ok'] === false) setTrouble(String(answer.value['error']))
  }
  return [(element, value) => void use(element, value), trouble]
}

function replied({ world, message, inThread, go }: Props): unknown {
  if (inThread) return html`<p class="only">Also sent to the channel</p>`
  const { threadTs } = message
  if (!threadTs) return undefined
  const parent = world.workspace.messages.find((m) => m.ts === threadTs)
  return html`<p class="only">
    ${'replied to a thread: '}<button
      class="link"
      onClick=${() => go({ pane: 'thread', thread: threadTs })}
    >
      ${parent?.text || 'a message'}
    </button>
  </p>`
}

function plain(text: string): Json[] {
  return [{ type: 'section', text: { type: 'mrkdwn', text } }]
}
