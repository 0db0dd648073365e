import { html } from 'htm/preact'
import { useEffect, useState } from 'preact/hooks'
import { type Json, ask } from './act.ts'
import type { FullExchange } from '../world.ts'

/** What was sent and what came back, as JSON to copy. `ms` changes when the answer is there. */
export function ExchangeDetails({ id, ms }: { id: number; ms: number | undefined }) {
  const [found, setFound] = useState<FullExchange>()
  useEffect(() => {
    void ask({ do: 'exchange', id }).then((answer) => {
      if (answer.ok) setFound(answer.value as unknown as FullExchange)
    })
  }, [id, ms])
  if (!found) return html`<p class="quiet">…</p>`
  const kit = forBuilder(found.request)
  return html`<div class="details">
    ${kit && html`<${Copy} label="Copy for Block Kit Builder" json=${kit} />`}
    <h3>Request</h3>
    <${Copy} label="Copy the request" json=${found.request} />
    <pre tabindex="0">${JSON.stringify(found.request, null, 2)}</pre>
    <h3>Answer</h3>
    <pre tabindex="0">${JSON.stringify(found.response ?? null, null, 2)}</pre>
  </div>`
}

function Copy({ label, json }: { label: string; json: unknown }) {
  const [says, setSays] = useState(label)
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(JSON.stringify(json, null, 2))
      setSays('Copied')
    } catch {
      setSays('Cannot copy here')
    }
  }
  return html`<button onClick=${() => void copy()}>${says}</button>`
}

/** Block Kit Builder takes a view, or the blocks of a message. */
function forBuilder(request: unknown): unknown {
  const { view, blocks, message } = (request ?? {}) as Record<string, Json | undefined>
  if (view) {
    const { type, title, submit, close, blocks: inside } = view
    return { type, title, submit, close, blocks: inside }
  }
  const shown = blocks ?? message?.['blocks']
  return shown ? { blocks: shown } : undefined
}
