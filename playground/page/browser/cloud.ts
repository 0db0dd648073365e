import { html } from 'htm/preact'
import { steerDts } from './act.ts'
import { Breakage } from './breakage.ts'
import { suggestDraft } from './drafts.ts'
import { Icon } from './icon.ts'
import { JobRow } from './job-row.ts'
import { NewJob } from './new-job.ts'
import type { PageProps } from './page-props.ts'
import { canWriteIn } from './people.ts'
import { MIGRATIONS, isNarrow } from './place.ts'
import { clock, full } from './time.ts'
import type { Job } from '../world.ts'

const SPEEDS = [1, 10, 100]

/** The pretend DTS as a small console. */
export function Cloud(props: PageProps) {
  const { world, place, go, me } = props
  const { cloud } = world
  const askFor = ({ id, region }: Job): void => {
    const to = canWriteIn(world.workspace, me, place.in) ? place.in : MIGRATIONS
    go({ in: to, pane: isNarrow() ? 'none' : place.pane })
    suggestDraft(`/dts start ${id} ${region}`)
  }
  return html`<div class="console" id="pane" role="tabpanel" aria-labelledby="pane-cloud">
    <div class="time">
      <span title=${full(cloud.now)}
        ><${Icon} name="clock" /><span class="hidden">DTS clock: </span>${clock(cloud.now)}</span
      >
      <div role="group" aria-label="Clock speed" class="speeds">
        ${SPEEDS.map(
          (speed) =>
            html`<button
              key=${speed}
              aria-pressed=${cloud.speed === speed}
              onClick=${() => void steerDts('speed', { speed })}
            >
              ${speed}×
            </button>`,
        )}
      </div>
      <button onClick=${() => void steerDts('skipToNext', {})}>Skip to the next change</button>
    </div>
    <h2>Jobs</h2>
    <p class="quiet">
      <em>Ask</em> types the command for you. The other buttons do what the job’s owner would do in
      the DTS console.
    </p>
    <ul class="jobs">
      ${cloud.jobs.map(
        (job) =>
          html`<${JobRow} key=${job.id} job=${job} now=${cloud.now} onAsk=${() => askFor(job)} />`,
      )}
    </ul>
    <${NewJob} />
    <${Breakage} ...${props} />
    <h2>Calls to DTS</h2>
    ${
      cloud.calls.length === 0
        ? html`<p class="quiet">None yet.</p>`
        : html`<ul class="calls" tabindex="0" aria-label="Calls to DTS, newest first">
            ${cloud.calls
              .slice(-40)
              .reverse()
              .map(
                (call) =>
                  html`<li key=${call.requestId} title=${call.requestId}>
                    <code>${call.action || '(no action)'}</code> ${call.jobId ?? ''}
                    <span class=${call.outcome === 'ok' ? 'ok' : 'bad'}>${call.outcome}</span>
                  </li>`,
              )}
          </ul>`
    }
  </div>`
}
