import { html } from 'htm/preact'
import { Fragment } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Message, type Shown } from './message.ts'
import type { PageProps } from './page-props.ts'
import { dateOf, day } from './time.ts'

type Props = PageProps & {
  messages: Shown[]
  /** Messages after this `ts` are new. */
  since?: string
  inThread?: boolean
  label: string
}

const TOGETHER = 5 * 60

/** Messages by day, the newest at the bottom. Keeps to the bottom if it is there. */
export function MessageList({ messages, since, inThread, label, ...props }: Props) {
  const [dismissed, setDismissed] = useState<string[]>([])
  const list = useRef<HTMLDivElement>(null)
  const atBottom = useRef(true)
  const shown = messages.filter(({ ts }) => !dismissed.includes(ts))
  const firstNew = since
    ? shown.find(({ ts, user }) => ts > since && user !== props.me)?.ts
    : undefined

  useLayoutEffect(() => {
    const element = list.current
    if (element && atBottom.current) element.scrollTop = element.scrollHeight
  })
  const scrolled = (): void => {
    const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = list.current ?? {}
    atBottom.current = scrollHeight - scrollTop - clientHeight < 60
  }
  return html`<div
    class="list"
    role="log"
    aria-label=${label}
    tabindex="0"
    ref=${list}
    onScroll=${scrolled}
  >
    <div class="spring"></div>
    ${shown.map((message, index) => {
      const before = shown[index - 1]
      const date = day(dateOf(message.ts))
      const newDay = !before || day(dateOf(before.ts)) !== date
      return html`<${Fragment} key=${`${message.ephemeral ? 'e' : ''}${message.ts}`}>
        ${newDay && html`<p class="day"><span>${date}</span></p>`}
        ${message.ts === firstNew && html`<p class="new"><span>New</span></p>`}
        <${Message}
          ...${props}
          message=${message}
          follows=${!newDay && message.ts !== firstNew && follows(before, message)}
          replies=${inThread ? 0 : repliesOf(props, message)}
          inThread=${inThread}
          onDismiss=${
            message.ephemeral ? () => setDismissed([...dismissed, message.ts]) : undefined
          }
        />
      <//>`
    })}
  </div>`
}

/** A card, and a message after a thread's broadcast, name their author again. */
function follows(before: Shown | undefined, { user, ts, threadTs, blocks }: Shown): boolean {
  if (!before || before.ephemeral || before.broadcast || before.user !== user) return false
  if (!threadTs && blocks.length > 0) return false
  return Number(ts) - Number(before.ts) < TOGETHER
}

function repliesOf({ world }: PageProps, { ts, channel, threadTs }: Shown): number {
  if (threadTs) return 0
  return world.workspace.messages.filter((m) => m.threadTs === ts && m.channel === channel).length
}
