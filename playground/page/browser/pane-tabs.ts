import { html } from 'htm/preact'
import { Icon } from './icon.ts'
import type { PageProps } from './page-props.ts'
import type { Pane } from './place.ts'

const LABELS: [Pane, string][] = [
  ['thread', 'Thread'],
  ['cloud', 'Cloud'],
  ['inspector', 'Inspector'],
  ['bot', 'Bot'],
]

/** What lies beside the conversation. */
export function PaneTabs({ place, go }: PageProps) {
  return html`<div class="pane-tabs">
    <div role="tablist" aria-label="Behind the scenes" class="tabs">
      ${LABELS.map(
        ([pane, label]) =>
          html`<button
            key=${pane}
            role="tab"
            id=${`pane-${pane}`}
            aria-selected=${place.pane === pane}
            aria-controls="pane"
            onClick=${() => go({ pane })}
          >
            ${label}
          </button>`,
      )}
    </div>
    <button class="x" aria-label="Close the pane" onClick=${() => go({ pane: 'none' })}>
      <${Icon} name="close" />
    </button>
  </div>`
}
