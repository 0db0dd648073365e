import { html } from 'htm/preact'
import { useId, useRef, useState } from 'preact/hooks'
import { type Completion, completions, usage } from './complete.ts'
import { useDraft, useSuggestedDraft } from './drafts.ts'
import { useFacts } from './facts.ts'
import { Icon } from './icon.ts'
import type { PageProps } from './page-props.ts'
import { send } from './send.ts'
import { takeShortcut } from './shortcuts.ts'
import { focusWritingPlace } from './writing-place.ts'

type Props = PageProps & { channel: string; threadTs?: string; name: string }

/** The box to write messages and slash commands in. */
export function Composer({ me, go, channel, threadTs, name }: Props) {
  const facts = useFacts()
  const [text, setText] = useDraft(`${me} ${threadTs ?? channel}`)
  const [at, setAt] = useState(-1)
  const [closed, setClosed] = useState(false)
  const [trouble, setTrouble] = useState('')
  const [toChannel, setToChannel] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const listId = useId()

  const offers = closed || threadTs ? [] : completions(text, facts)
  const active = offers[at] ?? (text.includes(' ') ? undefined : offers[0])
  const write = (next: string): void => {
    setText(next)
    setAt(-1)
    setClosed(false)
    setTrouble('')
  }
  const suggested = (next: string): void => {
    write(next)
    field.current?.focus()
  }
  useSuggestedDraft(text, suggested, !threadTs)
  const take = ({ text: next, shortcut }: Completion): void => {
    suggested(next)
    if (shortcut) void takeShortcut(me, shortcut)
  }

  const submit = async (): Promise<void> => {
    const said = text.trim()
    if (!said) return
    write('')
    const problem = await send(said, { user: me, channel, threadTs, broadcast: toChannel })
    if (!problem) return setToChannel(false)
    if (!field.current?.value) setText(said)
    setTrouble(problem)
  }
  const close = (): void => {
    if (!threadTs) return setClosed(true)
    go({ pane: 'none' })
    focusWritingPlace()
  }

  const pressed = (event: KeyboardEvent): void => {
    if (event.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && offers.length > 0) {
      event.preventDefault()
      setAt((Math.max(at, step > 0 ? -1 : 0) + step + offers.length) % offers.length)
    } else if ((event.key === 'Tab' || event.key === 'Enter') && active && !event.shiftKey) {
      event.preventDefault()
      take(active)
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      void submit()
    } else if (event.key === 'Escape') {
      close()
    }
  }
  return html`<form
    class="composer"
    onSubmit=${(event: Event) => {
      event.preventDefault()
      void submit()
    }}
  >
    ${offers.length > 0 && list(listId, offers, active, take)}
    <textarea
      ref=${field}
      rows="1"
      aria-autocomplete="list"
      aria-controls=${offers.length > 0 ? listId : undefined}
      aria-activedescendant=${active ? `${listId}-${offers.indexOf(active)}` : undefined}
      aria-label=${`Message to ${name}`}
      placeholder=${threadTs ? 'Reply …' : `Message ${name}, or type / for commands`}
      value=${text}
      maxlength="4000"
      onInput=${(event: Event) => write((event.target as HTMLTextAreaElement).value)}
      onKeyDown=${pressed}
    ></textarea>
    <div class="under">
      ${
        threadTs
          ? html`<label class="also"
              ><input
                type="checkbox"
                checked=${toChannel}
                onChange=${() => setToChannel(!toChannel)}
              />
              Also send to the channel</label
            >`
          : html`<span class="hint">${usage(text, facts.commands) ?? ''}</span>`
      }
      <button class="send" disabled=${!text.trim()} aria-label="Send">
        <${Icon} name="send" />
      </button>
    </div>
    ${trouble && html`<p class="trouble" role="alert">${trouble}</p>`}
  </form>`
}

function list(
  id: string,
  offers: Completion[],
  active: Completion | undefined,
  take: (one: Completion) => void,
): unknown {
  return html`<ul class="offers" id=${id} role="listbox" aria-label="Commands and shortcuts">
    ${offers.map(
      (one, index) =>
        html`<li
          key=${one.label}
          id=${`${id}-${index}`}
          role="option"
          aria-selected=${one === active}
          onMouseDown=${(event: Event) => {
            event.preventDefault()
            take(one)
          }}
        >
          <strong>${one.label}</strong> <span>${one.about}</span>
        </li>`,
    )}
  </ul>`
}
