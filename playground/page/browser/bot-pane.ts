import { html } from 'htm/preact'
import { useEffect, useState } from 'preact/hooks'
import { steerBot } from './act.ts'
import type { PageProps } from './page-props.ts'
import { clock, duration } from './time.ts'

/** The bot's process: kill it, start it again. */
export function BotPane({ world }: PageProps) {
  const { up, pid, since, starts, kills, log } = world.bot
  const now = useSeconds()
  const restarts = Math.max(0, starts - 1)
  return html`<div class="console" id="pane" role="tabpanel" aria-labelledby="pane-bot">
    <h2>The bot’s process</h2>
    <dl class="facts">
      <dt>State</dt>
      <dd>${up ? 'up' : 'down'} for ${duration(now - since)}, since ${clock(since)}</dd>
      <dt>Process</dt>
      <dd>${up ? pid : 'none'}</dd>
      <dt>Restarts</dt>
      <dd>${restarts}</dd>
      <dt>Killed</dt>
      <dd>${kills} ${kills === 1 ? 'time' : 'times'}</dd>
    </dl>
    <div class="buttons">
      ${
        up
          ? html`<button class="danger" onClick=${() => void steerBot('kill')}>
              Kill the bot
            </button>`
          : html`<button class="primary" onClick=${() => void steerBot('start')}>
              Start the bot
            </button>`
      }
    </div>
    <p class="quiet">
      This is <code>kill -9</code>. Slack goes on without the bot, and nothing that the bot
      acknowledged is lost.
    </p>
    <h2>Its log</h2>
    <pre class="log" tabindex="0" aria-label="The bot's log">${log.map(readable).join('\n')}</pre>
  </div>`
}

/** Pino's levels above info. */
const LEVELS: Record<string, string> = { 40: 'Warning:', 50: 'Error:', 60: 'Fatal:' }

/** A log line with its message first. */
function readable(line: string): string {
  try {
    const { level, msg, ...rest } = JSON.parse(line) as Record<string, unknown>
    delete rest['time']
    const more = Object.keys(rest).length > 0 ? ` ${JSON.stringify(rest)}` : ''
    return `${LEVELS[String(level)] ?? ''} ${String(msg)}${more}`.trim()
  } catch {
    return line
  }
}

function useSeconds(): number {
  const [now, setNow] = useState(Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
