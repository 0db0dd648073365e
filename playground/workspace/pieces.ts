import type { Element } from './block-elements.ts'
import type { RichText, RichTextElement } from './block-rich-text.ts'
import type { Option } from './block-options.ts'
import type { Text } from './block-text.ts'
import type { Block, Cell } from './blocks.ts'

/** A bit of text together with the way in which Slack reads it. */
export type Piece =
  | { is: 'plain'; text: string }
  | { is: 'mrkdwn'; text: string; verbatim: boolean }
  /** Slack's markdown block: mentions in angle brackets, links as `[text](url)` too. */
  | { is: 'markdown'; text: string }
  | { is: 'rich'; element: RichTextElement }

/** What a person sees of a block, line by line. Buttons and fields to fill are in [brackets]. */
export function linesOf(block: Block): Piece[][] {
  switch (block.type) {
    case 'header':
    case 'alert':
      return [[ofText(block.text)]]
    case 'section':
      return [
        ...(block.text ? [[ofText(block.text)]] : []),
        ...(block.fields ?? []).map((field) => [ofText(field)]),
        ...(block.accessory ? elementLines(block.accessory) : []),
      ]
    case 'context':
      return [
        spaced(block.elements.map((one) => (one.type === 'image' ? pictured(one) : ofText(one)))),
      ]
    case 'actions':
      return [spaced(block.elements.flatMap(elementLines).flat())]
    case 'input':
      return [
        [ofText(block.label)],
        ...(block.hint ? [[ofText(block.hint)]] : []),
        ...elementLines(block.element),
      ]
    case 'rich_text':
      return richLines(block)
    case 'table':
      return block.rows.map(row)
    case 'data_table':
      return [[plain(block.caption)], ...block.rows.map(row)]
    case 'markdown':
      return [[{ is: 'markdown', text: block.text }]]
    case 'plan':
      return [[plain(block.title)], ...(block.tasks ?? []).flatMap(linesOf)]
    case 'task_card':
      return [
        [plain(`${block.title} (${block.status})`)],
        ...(block.details ? richLines(block.details) : []),
        ...(block.output ? richLines(block.output) : []),
        ...(block.sources ?? []).map(({ url, text }) => [link(url, text)]),
      ]
    case 'card':
      return [
        ...[block.title, block.subtitle, block.body].flatMap((text) =>
          text ? [[ofText(text)]] : [],
        ),
        ...(block.actions ? [spaced(block.actions.flatMap(elementLines).flat())] : []),
      ]
    case 'carousel':
      return block.elements.flatMap(linesOf)
    case 'container':
      return [
        ...(block.title ? [[ofText(block.title)]] : []),
        ...(block.rich_text_title ? richLines(block.rich_text_title) : []),
        ...(block.subtitle ? [[ofText(block.subtitle)]] : []),
        ...block.child_blocks.flatMap(linesOf),
      ]
    case 'context_actions':
      return [
        spaced(
          block.elements.flatMap((one) =>
            one.type === 'icon_button'
              ? [boxed(one.text.text)]
              : [boxed(one.positive_button.text.text), boxed(one.negative_button.text.text)],
          ),
        ),
      ]
    case 'image':
      return [...(block.title ? [[ofText(block.title)]] : []), [pictured(block)]]
    case 'video':
      return [
        [block.title_url ? link(block.title_url, block.title.text) : ofText(block.title)],
        ...(block.description ? [[ofText(block.description)]] : []),
      ]
    case 'file':
    case 'divider':
      return []
  }
}

/** The piece as it was sent, nothing parsed. */
export function rawText(piece: Piece): string {
  if (piece.is !== 'rich') return piece.text
  const { element } = piece
  switch (element.type) {
    case 'text':
      return element.text
    case 'link':
      return element.text ?? element.url
    case 'user':
      return `@${element.user_id}`
    case 'usergroup':
      return `@${element.usergroup_id}`
    case 'channel':
      return `#${element.channel_id}`
    case 'team':
      return `@${element.team_id}`
    case 'broadcast':
      return `@${element.range}`
    case 'emoji':
      return element.unicode
        ? String.fromCodePoint(...element.unicode.split('-').map((hex) => Number.parseInt(hex, 16)))
        : `:${element.name}:`
    case 'date':
      return element.fallback ?? new Date(element.timestamp * 1000).toISOString()
    case 'color':
      return element.value
  }
}

function elementLines(element: Element | { type: 'image'; alt_text: string }): Piece[][] {
  switch (element.type) {
    case 'image':
      return [[pictured(element)]]
    case 'button':
    case 'workflow_button':
      return [[boxed(element.text.text)]]
    case 'overflow':
      return [[boxed('…')]]
    case 'checkboxes':
    case 'radio_buttons':
      return element.options.map((option) => [plain('( ) '), ...optionLine(option)])
    case 'static_select':
    case 'external_select':
      return [[boxed(element.initial_option?.text ?? element.placeholder ?? 'Select')]]
    default:
      return [[boxed('placeholder' in element ? (element.placeholder?.text ?? '') : '')]]
  }
}

function richLines(block: RichText): Piece[][] {
  return block.elements.flatMap((part) =>
    part.type === 'rich_text_list'
      ? part.elements.map(({ elements }) => [plain('• '), ...elements.map(rich)])
      : [part.elements.map(rich)],
  )
}

function row(cells: Cell[]): Piece[] {
  return cells.flatMap((cell, index) => [
    ...(index > 0 ? [plain(' | ')] : []),
    ...(cell.type === 'rich_text' ? richLines(cell).flat() : [plain(cell.text)]),
  ])
}

function optionLine(option: Option): Piece[] {
  return [
    ofText(option.text),
    ...(option.description ? [plain(' '), ofText(option.description)] : []),
  ]
}

function ofText(text: Text): Piece {
  return text.type === 'mrkdwn'
    ? { is: 'mrkdwn', text: text.text, verbatim: text.verbatim ?? false }
    : plain(text.text)
}

function plain(text: string): Piece {
  return { is: 'plain', text }
}

function rich(element: RichTextElement): Piece {
  return { is: 'rich', element }
}

function link(url: string, text: string): Piece {
  return rich({ type: 'link', url, text })
}

function boxed(label: string | Text): Piece {
  return plain(`[${typeof label === 'string' ? label : label.text}]`)
}

function pictured(picture: { alt_text: string }): Piece {
  return plain(`(${picture.alt_text})`)
}

function spaced(pieces: Piece[]): Piece[] {
  return pieces.flatMap((piece, index) => (index > 0 ? [plain(' '), piece] : [piece]))
}
