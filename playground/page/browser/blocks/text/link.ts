import { html } from 'htm/preact'
import type { ComponentChildren, VNode } from 'preact'

const SCHEMES = ['http:', 'https:', 'mailto:']

/** The address if following it is harmless; a script is not an address. */
export function safe(url: string): string | undefined {
  return URL.canParse(url) && SCHEMES.includes(new URL(url).protocol) ? url : undefined
}

/** A link, or only its words where the address is not one to follow. */
export function link(url: string, children: ComponentChildren): VNode {
  const href = safe(url)
  return href
    ? html`<a class="bk-link" href=${href} target="_blank" rel="noopener noreferrer"
        >${children}</a
      >`
    : html`<span>${children}</span>`
}
