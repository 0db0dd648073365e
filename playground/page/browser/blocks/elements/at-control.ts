import { useLayoutEffect, useRef } from 'preact/hooks'

const GAP = 4
const EDGE = 8

/**
 * Keeps an open list at the control whose box it is in, below it if there is room. A list that is laid
 * out in that box would be cut off where a form or a conversation scrolls.
 */
export function useAtControl<T extends HTMLElement>(open: boolean) {
  const list = useRef<T>(null)
  useLayoutEffect(() => {
    if (!open) return undefined
    const place = (): void => {
      if (list.current) putAtControl(list.current)
    }
    place()
    addEventListener('scroll', place, true)
    addEventListener('resize', place)
    return () => {
      removeEventListener('scroll', place, true)
      removeEventListener('resize', place)
    }
  })
  return list
}

function putAtControl(list: HTMLElement): void {
  const control = list.parentElement?.getBoundingClientRect()
  if (!control) return
  const above = control.top - GAP - EDGE
  const below = innerHeight - control.bottom - GAP - EDGE
  const { style } = list
  style.setProperty('--room', `${innerHeight}px`)
  const isBelow = below >= Math.min(list.offsetHeight, above)
  style.setProperty('--control', `${control.width}px`)
  style.setProperty('--room', `${isBelow ? below : above}px`)
  style.top = isBelow ? `${control.bottom + GAP}px` : 'auto'
  style.bottom = isBelow ? 'auto' : `${innerHeight - control.top + GAP}px`
  style.left = `${Math.max(EDGE, Math.min(control.left, innerWidth - list.offsetWidth - EDGE))}px`
}
