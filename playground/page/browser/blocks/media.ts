import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { said, words } from './json.ts'
import { picture } from './picture.ts'
import type { Json } from './props.ts'
import { link } from './text/link.ts'
import { plainWords, textObject } from './text/text-object.ts'

export function image(block: Json): VNode | undefined {
  const drawn = picture(block)
  const title = textObject(block['title'])
  return (
    drawn &&
    html`<figure class="bk-figure">
      ${title && html`<figcaption>${title}</figcaption>`}${drawn}
    </figure>`
  )
}

/** A still of the video that leads to it: nothing is played here. */
export function video(block: Json): VNode | undefined {
  if (!said(block['title']).trim()) return undefined
  const { title_url, video_url, thumbnail_url, alt_text, author_name, provider_name } = block
  const by = [author_name, provider_name].map(words).filter(Boolean).join(' · ')
  return html`<figure class="bk-figure">
    <figcaption>
      <b>${link(words(title_url) || words(video_url), plainWords(block['title']))}</b>
      ${by && html`<div class="bk-detail">${by}</div>`} ${textObject(block['description'])}
    </figcaption>
    ${picture({ image_url: thumbnail_url, alt_text })}
  </figure>`
}

/** A remote file: what it holds lives elsewhere. */
export function file(block: Json): VNode | undefined {
  const name = words(block['external_id'])
  return name.trim()
    ? html`<div class="bk-frame">
        <div>📄 Remote file <code>${name}</code></div>
      </div>`
    : undefined
}
