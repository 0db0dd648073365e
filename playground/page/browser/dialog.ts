import { html } from 'htm/preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { focusWritingPlace } from './writing-place.ts'

type Props = { children: unknown; onClose: () => void }

/** The frame of a form. Gives the focus back when it closes. */
export function Dialog({ children, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    return () => {
      shown?.close()
      const isLost =
        document.activeElement === document.body || shown?.contains(document.activeElement)
      if (isLost) focusWritingPlace()
    }
  }, [])
  return html`<dialog
    class="form"
    aria-labelledby="form-title"
    ref=${dialog}
    onCancel=${(event: Event) => {
      event.preventDefault()
      if (event.target === dialog.current) onClose()
    }}
  >
    ${children}
  </dialog>`
}
