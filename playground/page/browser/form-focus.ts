import { useLayoutEffect, useRef, useState } from 'preact/hooks'

const FIELD = ':is(input, textarea, select)'

/**
 * Keyboard focus in a form: on the first field, on the field of the same name when the focused one
 * was replaced, and on the first wrong field after a submit. On the heading while there is no field.
 */
export function useFormFocus() {
  const form = useRef<HTMLFormElement>(null)
  const last = useRef<{ control: Element; name: string }>(undefined)
  const wasSent = useRef(false)

  useLayoutEffect(() => {
    const shown = form.current
    if (!shown) return
    const wrong = wasSent.current && shown.querySelector<HTMLElement>(`[data-wrong=true] ${FIELD}`)
    const had = last.current
    if (wrong) {
      wasSent.current = false
      wrong.focus()
    } else if (!had?.control.isConnected || document.activeElement?.id === 'form-title') {
      const target = fieldNamed(shown, had?.name) ?? firstOf(shown)
      target?.focus()
    }
  })
  return {
    form,
    moved: ({ target }: FocusEvent) => {
      if (target instanceof Element) last.current = { control: target, name: nameOf(target) }
    },
    sent: () => {
      wasSent.current = true
    },
    typed: () => {
      wasSent.current = false
    },
  }
}

/** Only a box that scrolls takes keyboard focus. */
export function useScrolls() {
  const box = useRef<HTMLDivElement>(null)
  const [scrolls, setScrolls] = useState(false)
  useLayoutEffect(() => {
    const { scrollHeight = 0, clientHeight = 0 } = box.current ?? {}
    setScrolls(scrollHeight > clientHeight)
  })
  return { box, scrolls }
}

function fieldNamed(form: HTMLElement, name = ''): HTMLElement | undefined {
  const fields = [...form.querySelectorAll<HTMLElement>(`.fields ${FIELD}`)]
  return name === '' ? undefined : fields.find((field) => nameOf(field) === name)
}

/** The heading if there is nothing to fill in or submit, so that Enter never closes a form. */
function firstOf(form: HTMLElement): HTMLElement | null {
  return (
    form.querySelector<HTMLElement>(`.fields ${FIELD}`) ??
    form.querySelector<HTMLElement>('footer .primary') ??
    form.querySelector<HTMLElement>('#form-title')
  )
}

function nameOf(field: Element): string {
  const label =
    document.getElementById(field.getAttribute('aria-labelledby') ?? '') ?? field.closest('label')
  return label?.textContent ?? field.getAttribute('aria-label') ?? ''
}
