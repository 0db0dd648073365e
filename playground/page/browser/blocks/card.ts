import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { row } from './actions.ts'
import { object, objects, said, words } from './json.ts'
import { picture } from './picture.ts'
import type { Json } from './props.ts'
import { richText } from './text/rich-text.ts'
import { textObject } from './text/text-object.ts'
import { unknown } from './unknown.ts'

export function card(block: Json): VNode | undefined {
  const [title, subtitle, body] = ['title', 'subtitle', 'body'].map((name) =>
    textObject(block[name]),
  )
  const hero = picture(object(block['hero_image']))
  const actions = row(objects(block['actions']), words(block['block_id']))
  if (!(title ?? subtitle ?? body ?? hero ?? actions)) return undefined
  return html`<div class="bk-frame">
    ${hero} ${heading(block, title, subtitle)} ${body} ${actions}
  </div>`
}

export function carousel(block: Json): VNode | undefined {
  const cards = objects(block['elements'])
  if (cards.length === 0) return undefined
  return html`<ul class="bk-carousel" tabindex="0" aria-label="Cards">
    ${cards.map((one) => html`<li>${card(one) ?? unknown(one)}</li>`)}
  </ul>`
}

/** Blocks in a frame, which may be folded. `draw` draws what is inside. */
export function container(
  block: Json,
  draw: (block: Json, index: number) => VNode,
): VNode | undefined {
  const inside = objects(block['child_blocks'])
  if (inside.length === 0) return undefined
  const blocks = html`<div class="bk">${inside.map(draw)}</div>`
  const rich = richText(objects(object(block['rich_text_title'])['elements']))
  const title = said(block['title']).trim() ? textObject(block['title']) : rich
  const top = heading(block, title, textObject(block['subtitle']))
  if (block['is_collapsible'] !== true) return html`<div class="bk-frame">${top}${blocks}</div>`
  return html`<details class="bk-frame" open=${block['default_collapsed'] !== true}>
    <summary>${top}</summary>
    ${blocks}
  </details>`
}

function heading(
  block: Json,
  title: VNode | undefined,
  subtitle: VNode | undefined,
): VNode | undefined {
  const icon = picture(object(block['icon']))
  if (!(icon ?? title ?? subtitle)) return undefined
  return html`<div class="bk-row">
    ${icon}
    <div class="bk-body bk-heading">
      ${title && html`<div class="bk-title">${title}</div>`}
      ${subtitle && html`<div class="bk-detail">${subtitle}</div>`}
    </div>
  </div>`
}
