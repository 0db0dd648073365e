import type { VNode } from 'preact'
import { actions } from './actions.ts'
import { context } from './context.ts'
import { alert, divider, header } from './header.ts'
import { input } from './input.ts'
import { object, objects, words } from './json.ts'
import { imageBlock } from './picture.ts'
import type { Json } from './props.ts'
import { section } from './section.ts'
import { table } from './table.ts'
import { markdown } from './text/markdown.ts'
import { richText } from './text/rich-text.ts'
import { plain } from './text/text-object.ts'
import { unknown } from './unknown.ts'

/** Every kind of block. Undefined: there is nothing in it that could be drawn. */
const BLOCKS = new Map<string, (block: Json) => VNode | undefined>([
  ['actions', actions],
  ['alert', alert],
  ['context', context],
  ['divider', divider],
  ['header', header],
  ['image', imageBlock],
  ['input', input],
  ['markdown', ({ text }) => richText(markdown(words(text))) ?? plain(words(text))],
  ['rich_text', ({ elements }) => richText(objects(elements))],
  ['section', section],
  ['table', table],
])

/** One block, whatever it is. */
export function Block({ block }: { block: unknown }): VNode {
  const node = object(block)
  return BLOCKS.get(words(node['type']))?.(node) ?? unknown(block)
}
