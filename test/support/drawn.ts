import { html } from 'htm/preact'
import { renderToString } from 'preact-render-to-string'
import { Blocks } from '../../playground/page/browser/blocks/blocks.ts'
import type { BlocksProps, Json } from '../../playground/page/browser/blocks/props.ts'

/** The people of the pretend workspace, as the page knows them. */
export const NAMES: BlocksProps['names'] = {
  users: {
    U0ANN: { name: 'ann' },
    U0BO: { name: 'bo' },
    U0CHEN: { name: 'chen' },
    U0DEE: { name: 'dee' },
  },
  groups: { S0ONCALL: { handle: 'oncall-db' } },
  channels: { C0MIGRATE: { name: 'db-migrations' } },
}

/** The HTML of these blocks, as the browser gets them. */
export function drawn(blocks: Json[], more: Partial<BlocksProps> = {}): string {
  const props: BlocksProps = {
    blocks,
    names: NAMES,
    surface: 'message',
    values: {},
    errors: {},
    onAct: () => undefined,
    onFill: () => undefined,
    suggest: async () => [],
    ...more,
  }
  return renderToString(html`<${Blocks} ...${props} />`)
}

const TAG = /<(\/?)([a-z][a-z0-9]*)((?: [^\s=>"'/]+(?:="[^"]*")?)*) ?\/?>/g
const ATTRIBUTE = / ([^\s=>"'/]+)(?:="([^"]*)")?/g

type Tag = { name: string; attributes: Record<string, string> }

/** Every tag in it with its attributes. */
export function tags(markup: string): Tag[] {
  return [...markup.matchAll(TAG)].map(([, , name = '', inside = '']) => ({
    name,
    attributes: Object.fromEntries(
      [...inside.matchAll(ATTRIBUTE)].map(([, key, value]) => [key, decoded(value ?? '')]),
    ),
  }))
}

const READ = ['alt', 'placeholder', 'value', 'aria-label']

/** What a person can read: the text, and what stands in fields and for pictures. */
export function readable(markup: string): string {
  const fields = tags(markup).flatMap(({ attributes }) => READ.map((name) => attributes[name]))
  return [decoded(markup.replace(TAG, '')), ...fields.filter(Boolean)].join('\n')
}

function decoded(text: string): string {
  return text.replace(/&(?:lt|gt|amp|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity)
}

const ENTITIES: Record<string, string> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&#39;': "'",
}
