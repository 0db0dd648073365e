import type { Element } from './block-elements.ts'
import type { Option } from './block-text.ts'

/** What a menu offers, groups unfolded; undefined where the blocks do not say. */
export function optionsOf(element: Element): Option[] | undefined {
  const options = 'options' in element ? element.options : undefined
  if (options) return options
  const groups = 'option_groups' in element ? element.option_groups : undefined
  return groups?.flatMap((group) => group.options)
}
