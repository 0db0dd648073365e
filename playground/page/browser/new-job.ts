import { html } from 'htm/preact'
import { useState } from 'preact/hooks'
import type { ActInput } from '../act.ts'
import { act } from './act.ts'
import { Select } from './select.ts'

type NewJob = Extract<ActInput, { do: 'addJob' }>

const DATABASES: Record<NewJob['database'], string> = {
  mysql: 'MySQL',
  redis: 'Redis',
  mongodb: 'MongoDB',
  postgresql: 'PostgreSQL',
}

const STORIES: Record<NewJob['story'], string> = {
  immediate: 'that can be started',
  timed: 'that is timed',
  running: 'that runs already',
  notChecked: 'that is not checked yet',
  failsCheck: 'that will fail its check',
  failsHalfWay: 'that will fail half-way',
}

export function NewJob() {
  const [database, setDatabase] = useState<NewJob['database']>('mysql')
  const [story, setStory] = useState<NewJob['story']>('immediate')
  return html`<form
    class="line-form"
    onSubmit=${(event: Event) => {
      event.preventDefault()
      void act({ do: 'addJob', database, story })
    }}
  >
    <${Select} label="Another job" options=${DATABASES} value=${database} onChange=${setDatabase} />
    <${Select} label="Kind" options=${STORIES} value=${story} onChange=${setStory} />
    <button>Make it</button>
  </form>`
}
