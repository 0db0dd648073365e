import { html } from 'htm/preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { ExchangeDetails } from './exchange-details.ts'
import type { PageProps } from './page-props.ts'
import { nameOf } from './people.ts'
import { second } from './time.ts'
import type { Exchange } from '../world.ts'

const LATE_MS = 3_000

/** Every request between Slack and the bot, newest first. */
export function Inspector({ world }: PageProps) {
  const [open, setOpen] = useState<number>()
  const [onlyTrouble, setOnlyTrouble] = useState(false)
  const pane = useStill(open)
  const { workspace } = world
  const shown = workspace.exchanges.filter((one) => !onlyTrouble || isTrouble(one)).toReversed()
  return html`<div
    class="console inspector"
    ref=${pane}
    id="pane"
    role="tabpanel"
    aria-labelledby="pane-inspector"
  >
    <label class="also">
      <input
        type="checkbox"
        checked=${onlyTrouble}
        onChange=${() => setOnlyTrouble(!onlyTrouble)}
      />
      Only failed or late
    </label>
    ${shown.length === 0 && html`<p class="quiet">Nothing yet.</p>`}
    <ol class="exchanges">
      ${shown.map(
        (one) =>
          html`<li
            key=${one.id}
            data-open=${open === one.id}
            class=${isTrouble(one) ? 'trouble-row' : ''}
          >
            <button
              aria-expanded=${open === one.id}
              onClick=${() => setOpen(open === one.id ? undefined : one.id)}
            >
              <time datetime=${new Date(one.at).toISOString()}>${second(one.at)}</time>
              <span class="dir">${one.from === 'slack' ? 'to bot' : 'by bot'}</span>
              <span class="name"
                >${one.name}${one.user && html`<span class="quiet"> ${nameOf(workspace, one.user)}</span>`}</span
              >
              ${outcome(one)}
            </button>
            ${open === one.id && html`<${ExchangeDetails} id=${one.id} ms=${one.ms} />`}
          </li>`,
      )}
    </ol>
  </div>`
}

/** Keeps the open row in place while rows arrive above it. */
function useStill(open: number | undefined) {
  const pane = useRef<HTMLDivElement>(null)
  const was = useRef<{ open: number | undefined; top: number }>({ open: undefined, top: 0 })
  useLayoutEffect(() => {
    const box = pane.current
    const row = box?.querySelector('[data-open=true]')
    if (!box || !row) {
      was.current = { open: undefined, top: 0 }
      return
    }
    const top = row.getBoundingClientRect().top + box.scrollTop
    if (open === was.current.open) {
      const before = box.scrollTop
      box.scrollTop += top - was.current.top
      // A browser scrolls by whole pixels; the rest is kept for the next time.
      was.current.top += box.scrollTop - before
    } else was.current = { open, top }
  })
  return pane
}

function outcome(exchange: Exchange): unknown {
  const { ok, ms, error } = exchange
  if (ms === undefined) return html`<span class="quiet">…</span>`
  const late = isLate(exchange)
  return html`<span class="outcome">
    <span class=${ok ? 'ok' : 'bad'}>${ok ? 'ok' : (error ?? 'error')}</span>
    <span class=${late ? 'bad' : 'quiet'}>${ms} ms${late ? ', too late' : ''}</span>
  </span>`
}

function isTrouble(exchange: Exchange): boolean {
  return exchange.ok === false || isLate(exchange)
}

/** Slack waits three seconds for an acknowledgement; its own answers may take longer. */
function isLate({ from, ms = 0 }: Exchange): boolean {
  return from === 'slack' && ms >= LATE_MS
}
