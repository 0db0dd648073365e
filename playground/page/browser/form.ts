import { html } from 'htm/preact'
import { useRef, useState } from 'preact/hooks'
import { ask, use as useElement } from './act.ts'
import { Blocks } from './blocks/blocks.ts'
import type { Json } from './blocks/props.ts'
import { Dialog } from './dialog.ts'
import { type Fills, createFills } from './fills.ts'
import { useFormFocus, useScrolls } from './form-focus.ts'
import { Icon } from './icon.ts'
import { missing } from './missing.ts'
import type { PageProps } from './page-props.ts'
import { suggest } from './suggest.ts'
import type { Form as OpenForm } from '../world.ts'

type Props = PageProps & { form: OpenForm }

const NO_CONNECTION = 'We had some trouble connecting. Try again?'

/** The form on top, in its frame. */
export function Form({ world, me, form }: Props) {
  const { view, errors } = form
  const [trouble, setTrouble] = useState('')
  const [found, setFound] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  const fills = useFills(me, view.id)
  const focus = useFormFocus()
  const { box, scrolls } = useScrolls()
  const values = fills.over(form.values)

  const use = async (element: Json, value: Json): Promise<void> => {
    setTrouble('')
    await fills.flush()
    const answer = await useElement(me, { form: view.id }, element, value, true)
    if (!answer.ok) setTrouble(answer.error)
    else if (answer.value['ok'] === false) setTrouble(NO_CONNECTION)
  }
  const submit = async (): Promise<void> => {
    if (busy) return
    focus.sent()
    const open = missing(view.blocks, values)
    setFound(open)
    setTrouble('')
    if (Object.keys(open).length > 0) return
    setBusy(true)
    await fills.flush()
    const answer = await ask({ do: 'submit', user: me })
    setBusy(false)
    if (!answer.ok) setTrouble(answer.error)
  }
  const close = (): void => void ask({ do: 'close', user: me })

  const says = trouble || form.trouble
  const title = textOf(view['title'])
  return html`<${Dialog} onClose=${close}>
    <form
      novalidate
      ref=${focus.form}
      onFocusIn=${focus.moved}
      onSubmit=${(event: Event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <header>
        <h2 id="form-title" tabindex="-1" autofocus>${title}</h2>
        <button type="button" class="x" aria-label="Close" onClick=${close}>
          <${Icon} name="close" />
        </button>
      </header>
      <div
        class="fields"
        ref=${box}
        tabindex=${scrolls ? 0 : undefined}
        role="group"
        aria-labelledby="form-title"
      >
        ${says && html`<p class="trouble" role="alert">${says}</p>`}
        <${Blocks}
          blocks=${view.blocks}
          names=${world.workspace}
          surface="modal"
          values=${values}
          errors=${{ ...found, ...errors }}
          onAct=${(element: Json, value: Json) => void use(element, value)}
          onFill=${(element: Json, value: Json) => {
            setFound({})
            focus.typed()
            fills.fill(element, value)
          }}
          suggest=${(element: Json, words: string) => suggest(me, element, words)}
        />
      </div>
      <footer>
        <button type="button" onClick=${close}>${textOf(view['close']) || 'Close'}</button>
        ${
          view['submit'] &&
          html`<button class="primary" aria-disabled=${busy} aria-busy=${busy}>
            ${textOf(view['submit'])}
          </button>`
        }
      </footer>
    </form>
  <//>`
}

/** Typed text shows at once and reaches the workspace a moment later. */
function useFills(user: string, view: string): Fills {
  const [, redraw] = useState(0)
  const fills = useRef<Fills>(undefined)
  fills.current ??= createFills(
    async (element, value) => void (await useElement(user, { form: view }, element, value, false)),
    () => redraw((count) => count + 1),
  )
  return fills.current
}

function textOf(text: unknown): string {
  return typeof text === 'object' && text !== null ? String((text as Json)['text']) : ''
}
