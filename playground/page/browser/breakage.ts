import { html } from 'htm/preact'
import { useState } from 'preact/hooks'
import type { ActInput } from '../act.ts'
import { act } from './act.ts'
import { useFacts } from './facts.ts'
import type { Here } from './here.ts'
import { Select } from './select.ts'

type How = Extract<ActInput, { do: 'breakCloud' }>['how']

const DTS: Record<How, string> = {
  timeoutBefore: 'no answer, and it had no effect',
  timeoutAfter: 'no answer, but it took effect',
  error: 'an error code',
  wrongTypes: 'nonsense: every field of another type',
  html200: 'nonsense: a web page',
  throttle: 'too many requests',
}

const ACTIONS: Record<string, string> = {
  '': 'whatever it is',
  StartMigrateJob: 'StartMigrateJob',
  DescribeMigrateJobs: 'DescribeMigrateJobs',
  CreateMigrateCheckJob: 'CreateMigrateCheckJob',
}

const SLACK: [string, ActInput][] = [
  ['429, try in 5 s', { do: 'fault', fault: { status: 429, retryAfter: 5 } }],
  ['500, no effect', { do: 'fault', fault: { status: 500 } }],
  ['500, but it took effect', { do: 'fault', fault: { status: 500, when: 'after' } }],
  ['Drop the socket', { do: 'dropSockets' }],
]

/** What shall go wrong next. */
export function Breakage({ world }: Here) {
  const { cloud, workspace } = world
  const waiting = [
    ...cloud.faults.map(
      (fault) =>
        `DTS: ${fault.action ?? 'any call'} gets ${gets(fault)}${fault.times > 1 ? `, ${fault.times} times` : ''}`,
    ),
    ...(workspace.faults > 0
      ? [`Slack: ${workspace.faults === 1 ? '1 answer' : `${workspace.faults} answers`}`]
      : []),
  ]
  const mend = (): void => {
    void act({ do: 'mendCloud' })
    void act({ do: 'clearFaults' })
  }
  const says =
    waiting.length > 0 ? `Waiting to go wrong: ${waiting.join('; ')}.` : 'Nothing is broken.'
  return html`<section class="breakage" aria-label="Break things">
    <h2>Break things</h2>
    <${BreakDts} />
    <div class="buttons" role="group" aria-label="The bot's next call to Slack">
      <span>Slack’s next answer:</span>
      ${SLACK.map(
        ([label, what]) =>
          html`<button key=${label} onClick=${() => void act(what)}>${label}</button>`,
      )}
    </div>
    <p class="quiet">
      ${`${sockets(workspace.connections)} ${says}`}
      ${waiting.length > 0 && html`<button onClick=${mend}>Mend</button>`}
    </p>
  </section>`
}

/** An error code by its name, anything else in the words of the menu. */
function gets({ kind, code }: Here['world']['cloud']['faults'][number]): string {
  if (code) return code
  return Object.entries(DTS).find(([how]) => how === kind)?.[1] ?? kind
}

function sockets(count: number): string {
  return count === 1 ? '1 socket open.' : `${count} sockets open.`
}

function BreakDts() {
  const { errorCodes } = useFacts()
  const [how, setHow] = useState<How>('timeoutAfter')
  const [code, setCode] = useState('InternalError')
  const [action, setAction] = useState('')
  const submit = (event: Event): void => {
    event.preventDefault()
    void act({
      do: 'breakCloud',
      how,
      ...(how === 'error' ? { code } : {}),
      ...(action ? { action } : {}),
    })
  }
  const codes = Object.fromEntries(errorCodes.map((one) => [one, one]))
  return html`<form class="line-form" onSubmit=${submit}>
    <${Select} label="The next DTS call" options=${ACTIONS} value=${action} onChange=${setAction} />
    <${Select} label="gets" options=${DTS} value=${how} onChange=${setHow} />
    ${
      how === 'error' &&
      html`<${Select} label="namely" options=${codes} value=${code} onChange=${setCode} />`
    }
    <button>Break it</button>
  </form>`
}
