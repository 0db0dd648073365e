import { html } from 'htm/preact'
import { useState } from 'preact/hooks'
import type { ActInput } from '../act.ts'
import { act } from './act.ts'

type Kind = Extract<ActInput, { do: 'addJob' }>['kind']

const KINDS: Record<Kind, string> = {
  mysql: 'MySQL',
  redis: 'Redis',
  mongodb: 'MongoDB',
  postgresql: 'PostgreSQL, full copy only',
  timed: 'MySQL, timed: in 10 minutes',
  running: 'MySQL, running already',
  unchecked: 'MySQL, not checked yet',
  failsCheck: 'MySQL, will fail its check',
  failsHalfway: 'MySQL, will fail half-way',
}

export function NewJob() {
  const [kind, setKind] = useState<Kind>('mysql')
  return html`<form
    class="new-job"
    onSubmit=${(event: Event) => {
      event.preventDefault()
      void act({ do: 'addJob', kind })
    }}
  >
    <label
      >Make a job
      <select
        value=${kind}
        onChange=${(event: Event) => setKind((event.target as HTMLSelectElement).value as Kind)}
      >
        ${Object.entries(KINDS).map(
          ([id, label]) => html`<option key=${id} value=${id}>${label}</option>`,
        )}
      </select>
    </label>
    <button>Make</button>
  </form>`
}
