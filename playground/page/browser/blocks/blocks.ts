import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { Block } from './block.ts'
import { BlocksContext } from './blocks-context.ts'
import { object, words } from './json.ts'
import type { BlocksProps } from './props.ts'

/**
 * Blocks as people see them in Slack. Whatever is sent is drawn, and nothing of it is markup. What
 * is typed stays while ids stay, so give it the message or the view as key.
 */
export function Blocks({ blocks, ...context }: BlocksProps): VNode {
  return html`<${BlocksContext.Provider} value=${context}>
    <div class="bk" data-surface=${context.surface}>
      ${blocks.map(
        (block, index) =>
          html`<${Block} key=${words(object(block)['block_id']) || index} block=${block} />`,
      )}
    </div>
  <//>`
}
