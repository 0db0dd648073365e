import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { objects, words } from '../json.ts'
import type { Json } from '../props.ts'
import { safe } from '../text/link.ts'
import { unknown } from '../unknown.ts'
import { useConfirm } from './confirm.ts'
import { Menu } from './menu.ts'
import { choice } from './options.ts'
import { type Placed, useSend } from './placed.ts'

/** A button with a short list of further actions, as the app wants it. */
export function Overflow(placed: Placed): VNode {
  const { element } = placed
  const send = useSend(placed)
  const { ask, dialog } = useConfirm(element)
  const options = objects(element['options'])
  if (options.length === 0) return unknown(element)

  const choose = (option: Json) => {
    const url = safe(words(option['url']))
    ask(() => {
      send({ selected_option: choice(option).sent })
      if (url) window.open(url, '_blank', 'noopener,noreferrer')
    })
  }
  const draw = (option: Json) => {
    const { text, detail } = choice(option)
    return html`${text}${detail && html`<span class="bk-detail">${detail}</span>`}`
  }
  return html`<${Menu} choices=${options} draw=${draw} onChoose=${choose} />${dialog}`
}
