import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { useId, useRef } from 'preact/hooks'
import { isObject } from '../json.ts'
import type { Json } from '../props.ts'
import { plainWords, textObject } from '../text/text-object.ts'

/** The question before something happens, if the element asks one: `ask` goes on after a yes. */
export function useConfirm(element: Json): {
  ask: (go: () => void) => void
  dialog: VNode | undefined
} {
  const shown = useRef<HTMLDialogElement>(null)
  const next = useRef<() => void>(() => undefined)
  const title = useId()
  const confirm = element['confirm']
  if (!isObject(confirm)) return { ask: (go) => go(), dialog: undefined }

  const ask = (go: () => void) => {
    next.current = go
    shown.current?.showModal()
  }
  const answer = (go: boolean) => {
    shown.current?.close()
    if (go) next.current()
  }
  const style = confirm['style'] === 'danger' ? 'danger' : 'primary'
  return {
    ask,
    dialog: html`<dialog class="bk-confirm" ref=${shown} aria-labelledby=${title}>
      <h2 id=${title}>${plainWords(confirm['title']) || 'Are you sure?'}</h2>
      ${textObject(confirm['text'])}
      <div class="bk-row">
        <button type="button" class="bk-button" onClick=${() => answer(false)}>
          ${plainWords(confirm['deny']) || 'Cancel'}
        </button>
        <button type="button" class="bk-button" data-style=${style} onClick=${() => answer(true)}>
          ${plainWords(confirm['confirm']) || 'Yes'}
        </button>
      </div>
    </dialog>`,
  }
}
