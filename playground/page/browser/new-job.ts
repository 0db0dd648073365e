import { html } from 'htm/preact'
import { useState } from 'preact/hooks'
import type { Sample } from '../../dts/sample-job.ts'
import { steerDts } from './act.ts'
import { Select } from './select.ts'

const DATABASES: Record<Sample['database'], string> = {
  mysql: 'MySQL',
  redis: 'Redis',
  mongodb: 'MongoDB',
  postgresql: 'PostgreSQL',
}

const STORIES: Record<Sample['story'], string> = {
  immediate: 'ready to start',
  timed: 'scheduled',
  running: 'already running',
  notChecked: 'not checked yet',
  failsCheck: 'check will fail',
  skippableCheck: 'check has an item to skip',
  failsHalfWay: 'will fail half-way',
  resumableHalfWay: 'will break half-way, can be retried',
  paused: 'paused',
  differs: 'in sync, but with differences',
}

export function NewJob() {
  const [database, setDatabase] = useState<Sample['database']>('mysql')
  const [story, setStory] = useState<Sample['story']>('immediate')
  return html`<form
    class="line-form"
    onSubmit=${(event: Event) => {
      event.preventDefault()
      void steerDts('addSample', { database, story })
    }}
  >
    <${Select} label="New job" options=${DATABASES} value=${database} onChange=${setDatabase} />
    <${Select} label="Kind" options=${STORIES} value=${story} onChange=${setStory} />
    <button>Add it</button>
  </form>`
}
