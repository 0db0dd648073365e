import { html } from 'htm/preact'
import { useState } from 'preact/hooks'
import type { FaultInput } from '../../dts/faults.ts'
import type { ActInput } from '../../workspace/act.ts'
import { act, steerDts } from './act.ts'
import { useFacts } from './facts.ts'
import type { PageProps } from './page-props.ts'
import { Select } from './select.ts'

/** By the kind of the fault. */
const DTS = {
  timeoutBefore: 'a timeout, no effect',
  timeoutAfter: 'a timeout, but it took effect',
  error: 'an error code',
  wrongTypes: 'an answer with wrong types',
  html200: 'a web page as answer',
  throttle: 'a rate limit',
} as const

type How = keyof typeof DTS

const ACTIONS: Record<string, string> = {
  '': 'any call',
  StartMigrateJob: 'StartMigrateJob',
  DescribeMigrateJobs: 'DescribeMigrateJobs',
  CreateMigrateCheckJob: 'CreateMigrateCheckJob',
}

const SLACK: [string, ActInput][] = [
  ['429, retry after 5 s', { do: 'fault', fault: { status: 429, retryAfter: 5 } }],
  ['500, no effect', { do: 'fault', fault: { status: 500 } }],
  ['500, but it took effect', { do: 'fault', fault: { status: 500, when: 'after' } }],
  ['Drop the connection', { do: 'dropSockets' }],
]

/** Makes the bot's next calls fail. */
export function Breakage({ world }: PageProps) {
  const { cloud, workspace } = world
  const waiting = [
    ...cloud.faults.map(
      (fault) =>
        `DTS: ${fault.action ?? 'any call'} with ${failure(fault)}${fault.times > 1 ? `, ${fault.times} times` : ''}`,
    ),
    ...(workspace.faults > 0
      ? [`Slack: ${workspace.faults === 1 ? '1 call' : `${workspace.faults} calls`}`]
      : []),
  ]
  const clear = (): void => {
    void steerDts('clear', {})
    void act({ do: 'clearFaults' })
  }
  const says = waiting.length > 0 ? `Will fail: ${waiting.join('; ')}.` : 'No call will fail.'
  return html`<section class="breakage" aria-label="Make calls fail">
    <h2>Make calls fail</h2>
    <${BreakDts} />
    <div class="buttons" role="group" aria-label="The bot's next call to Slack">
      <span>Next Slack call:</span>
      ${SLACK.map(
        ([label, what]) =>
          html`<button key=${label} onClick=${() => void act(what)}>${label}</button>`,
      )}
    </div>
    <p class="quiet">
      ${`${sockets(workspace.connections)} ${says}`}
      ${waiting.length > 0 && html`<button onClick=${clear}>Clear</button>`}
    </p>
  </section>`
}

function failure({ kind, code }: PageProps['world']['cloud']['faults'][number]): string {
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
    void steerDts('fault', { ...faultOf(how, code), ...(action ? { action } : {}) })
  }
  const codes = Object.fromEntries(errorCodes.map((one) => [one, one]))
  return html`<form class="line-form" onSubmit=${submit}>
    <${Select} label="Next DTS call" options=${ACTIONS} value=${action} onChange=${setAction} />
    <${Select} label="fails with" options=${DTS} value=${how} onChange=${setHow} />
    ${
      how === 'error' &&
      html`<${Select} label="error code" options=${codes} value=${code} onChange=${setCode} />`
    }
    <button>Make it fail</button>
  </form>`
}

function faultOf(how: How, code: string): FaultInput {
  switch (how) {
    case 'error':
      return { kind: 'error', code }
    case 'throttle':
      return { kind: 'error', code: 'RequestLimitExceeded' }
    default:
      return { kind: how }
  }
}
