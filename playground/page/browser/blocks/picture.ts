import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { object, words } from './json.ts'
import type { Json } from './props.ts'
import { safe } from './text/link.ts'
import { textObject } from './text/text-object.ts'

/** An image, or its description where there is no address to load; undefined without both. */
export function picture(image: Json): VNode | undefined {
  const address = words(image['image_url']) || words(object(image['slack_file'])['url'])
  const alt = words(image['alt_text'])
  const source = safe(address)
  if (source) {
    const hidden = 'no-referrer'
    return html`<img
      class="bk-picture"
      src=${source}
      alt=${alt}
      referrerpolicy=${hidden}
      loading="lazy"
    />`
  }
  return alt.trim() ? html`<span class="bk-picture">${alt}</span>` : undefined
}

/** The same as a block of its own, with its title. */
export function imageBlock(block: Json): VNode | undefined {
  const drawn = picture(block)
  const title = textObject(block['title'])
  return (
    drawn &&
    html`<figure class="bk-figure">
      ${title && html`<figcaption>${title}</figcaption>`}${drawn}
    </figure>`
  )
}
