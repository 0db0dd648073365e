import type { Element } from './block-elements.ts'
import type { Block } from './blocks.ts'

/** An element that a person can use, and the block around it. */
export type Placed = {
  block: Block
  blockId: string
  actionId: string
  element: Element
}

/** One element of a place: by its action_id, and by its block where several blocks have it. */
export type Which = string | { action: string; block?: string | undefined }

/** Finds the element in `place`, whose name begins the sentence that is thrown without it. */
export function elementOf(blocks: Block[], which: Which, place: string): Placed {
  const { action, block } = typeof which === 'string' ? { action: which } : which
  const all = elementsOf(blocks)
  const found = all.find(
    ({ actionId, blockId }) => actionId === action && (block === undefined || blockId === block),
  )
  if (found) return found
  throw new Error(`${place} has no ${action}, only ${all.map((one) => one.actionId).join(', ')}.`)
}

/** Every usable element of the blocks, from top to bottom. Blocks and elements have their ids. */
export function elementsOf(blocks: Block[]): Placed[] {
  return blocks.flatMap((block) =>
    ownElements(block).map((element) => ({
      block,
      blockId: block.block_id ?? '',
      actionId: element.action_id ?? '',
      element,
    })),
  )
}

function ownElements(block: Block): Element[] {
  switch (block.type) {
    case 'actions':
      return block.elements
    case 'section':
      return block.accessory && block.accessory.type !== 'image' ? [block.accessory] : []
    case 'input':
      return [block.element]
    default:
      return []
  }
}
