import { html } from 'htm/preact'
import { steerDts } from './act.ts'
import { statusWord, tone, versionWord } from './status.ts'
import { duration } from './time.ts'
import type { Job } from '../world.ts'

type Step = {
  label: string
  change: { status?: number; overrideRoot?: boolean }
  when: (job: Job) => boolean
}

const STEPS: Step[] = [
  { label: 'Cut over', change: { status: 12 }, when: ({ status }) => status === 8 },
  { label: 'Stop', change: { status: 11 }, when: ({ status }) => status === 7 || status === 8 },
  {
    label: 'Let it overwrite root',
    change: { overrideRoot: true },
    when: ({ status, overridesRoot }) => status <= 5 && !overridesRoot,
  },
]

type Props = { job: Job; now: number; onAsk: () => void }

export function JobRow({ job, now, onAsk }: Props) {
  const { id, name, region, from, to, status, state, percent, steps, step, error } = job
  const started = status === 6 || status === 7 || status === 8
  return html`<li class="job">
    <div class="line">
      <strong>${name}</strong>
      <span class="status ${tone(status)}">${statusWord(status, state)}</span>
    </div>
    <div class="line quiet">
      <code>${id}</code>
      <span
        >${from} to ${to}${region === 'ap-guangzhou' ? '' : `, ${region}`}${versionWord(job)}</span
      >
    </div>
    ${
      started &&
      html`<progress max="100" value=${percent} aria-label=${`${name}: ${percent} %`}></progress>
        <div class="quiet">${percent} %, step ${step} of ${steps.length}${lag(job)}</div>`
    }
    ${timed(job, now)} ${error && html`<div class="bad">${error}</div>`}
    ${job.overridesRoot && html`<div class="quiet">overwrites the root account</div>`}
    <div class="buttons">
      <button onClick=${onAsk}>Ask</button>
      ${STEPS.filter(({ when }) => when(job)).map(
        ({ label, change }) =>
          html`<button
            key=${label}
            aria-label=${`${label}: ${name}`}
            onClick=${() => void steerDts('changeJob', { id, change })}
          >
            ${label}
          </button>`,
      )}
    </div>
  </li>`
}

function lag({ lagSeconds }: Job): string {
  return lagSeconds === null ? '' : `, ${lagSeconds} s behind`
}

function timed({ expectAt, status }: Job, now: number): unknown {
  if (expectAt === null || status > 6) return undefined
  const left = expectAt - now
  return html`<div class="quiet">
    ${left > 0 ? `starts in ${duration(left)}` : `was due ${duration(-left)} ago`}
  </div>`
}
