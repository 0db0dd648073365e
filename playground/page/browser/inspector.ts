import { html } from 'htm/preact'
import { useState } from 'preact/hooks'
import { ExchangeDetails } from './exchange-details.ts'
import type { Here } from './here.ts'
import { nameOf } from './people.ts'
import { full } from './time.ts'
import type { Exchange } from '../world.ts'

const LATE_MS = 3_000

/** Everything between Slack and the bot, the newest first. */
export function Inspector({ world }: Here) {
  const [open, setOpen] = useState<number>()
  const [onlyTrouble, setOnlyTrouble] = useState(false)
  const { workspace } = world
  const shown = workspace.exchanges.filter((one) => !onlyTrouble || isTrouble(one)).toReversed()
  return html`<div
    class="console inspector"
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
      Only what was refused or late
    </label>
    ${shown.length === 0 && html`<p class="quiet">Nothing yet.</p>`}
    <ol class="exchanges">
      ${shown.map(
        (one) =>
          html`<li key=${one.id} class=${isTrouble(one) ? 'trouble-row' : ''}>
            <button
              aria-expanded=${open === one.id}
              title=${full(one.at)}
              onClick=${() => setOpen(open === one.id ? undefined : one.id)}
            >
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
