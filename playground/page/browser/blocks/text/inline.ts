import { html } from 'htm/preact'
import type { ComponentChildren, VNode } from 'preact'
import { useBlocksContext } from '../blocks-context.ts'
import { number, object, own, words } from '../json.ts'
import type { Json } from '../props.ts'
import { unknown } from '../unknown.ts'
import { dateText } from './dates.ts'
import { emoji } from './emoji.ts'
import { link } from './link.ts'

/** What stands in a line of rich text. Nothing in it is parsed. */
export function inline(element: Json): VNode {
  const drawn = content(element)
  return drawn === undefined ? unknown(element) : styled(drawn, object(element['style']))
}

function content(element: Json): ComponentChildren {
  switch (element['type']) {
    case 'text':
      return words(element['text'])
    case 'link': {
      const url = words(element['url'])
      const shown = words(element['text']).trim() ? words(element['text']) : url
      return shown.trim() ? link(url, shown) : undefined
    }
    case 'user':
      return mention('users', words(element['user_id']))
    case 'usergroup':
      return mention('groups', words(element['usergroup_id']))
    case 'channel':
      return mention('channels', words(element['channel_id']))
    case 'team':
      return mention('users', words(element['team_id']))
    case 'broadcast':
      return mention('users', words(element['range']))
    case 'emoji': {
      const name = words(element['name'])
      return name
        ? html`<span role="img" aria-label=${name}>${emoji(name, words(element['unicode']))}</span>`
        : undefined
    }
    case 'date':
      return date(element)
    case 'color':
      return color(words(element['value']))
    default:
      return undefined
  }
}

function mention(kind: 'users' | 'groups' | 'channels', id: string): VNode | undefined {
  return id ? html`<${Mention} kind=${kind} id=${id} />` : undefined
}

function Mention({ kind, id }: { kind: 'users' | 'groups' | 'channels'; id: string }): VNode {
  const { users, groups, channels } = useBlocksContext().names
  switch (kind) {
    case 'users':
      return html`<span class="bk-mention">@${own(users, id)?.name ?? id}</span>`
    case 'groups':
      return html`<span class="bk-mention">@${own(groups, id)?.handle ?? id}</span>`
    case 'channels':
      return html`<span class="bk-mention">#${own(channels, id)?.name ?? id}</span>`
  }
}

/** In the reader's own time zone; the fallback shows when pointed at, or if the date is none. */
function date(element: Json): VNode | undefined {
  const fallback = words(element['fallback'])
  const shown = dateText(number(element['timestamp']) ?? Number.NaN, words(element['format']))
  const text = shown?.trim() ? shown : fallback
  const url = words(element['url'])
  if (!text.trim()) return undefined
  return url ? link(url, text) : html`<time title=${fallback}>${text}</time>`
}

function color(value: string): VNode | undefined {
  if (!value.trim()) return undefined
  const swatch = /^#[0-9a-f]{3,8}$/i.test(value)
  return html`<span
    >${swatch && html`<span class="bk-swatch" style=${{ backgroundColor: value }}></span>`}<code
      >${value}</code
    ></span
  >`
}

const TAGS = [
  ['code', 'code'],
  ['bold', 'b'],
  ['italic', 'i'],
  ['strike', 's'],
  ['underline', 'u'],
  ['highlight', 'mark'],
  ['client_highlight', 'mark'],
] as const

function styled(drawn: ComponentChildren, style: Json): VNode {
  return TAGS.filter(([name]) => style[name] === true).reduce<VNode>(
    (inside, [, tag]) => html`<${tag}>${inside}<//>`,
    html`<${Plain}>${drawn}<//>`,
  )
}

function Plain({ children }: { children?: ComponentChildren }): ComponentChildren {
  return children
}
