import { useEffect, useRef, useState } from 'preact/hooks'
import { useBlocksContext } from '../blocks-context.ts'
import { object, own, words } from '../json.ts'
import type { Json } from '../props.ts'

/** An element, its place, and its label for screen readers. */
export type Placed = {
  element: Json
  blockId: string
  /** In an input block that does not dispatch: the app gets it with the form only. */
  quiet: boolean
  labels: Labels
}

/** Attributes for the control itself. An input's label points at `id`. */
export type Labels = {
  id: string
  'aria-labelledby'?: string | undefined
  'aria-describedby'?: string | undefined
  'aria-invalid'?: boolean
  'aria-required'?: boolean
}

/** Reports what was done to the element; `value` without its type and ids. */
export function useSend({ element, blockId, quiet }: Placed): (value: Json) => void {
  const { onAct, onFill } = useBlocksContext()
  const send = quiet ? onFill : onAct
  return (value) => send(named(element, blockId), { type: element['type'], ...value })
}

export function named(element: Json, blockId: string): Json {
  return { ...element, block_id: blockId }
}

/**
 * What is filled in: first what the view's state says, else the element's initial value, then
 * whatever the person does. A redraw with the same ids keeps it, as Slack does.
 */
export function useFilled<T>(
  { element, blockId }: Placed,
  read: (state: Json) => T | undefined,
  initial: T,
): [T, (value: T) => void] {
  const { values } = useBlocksContext()
  const state = own(own(values, blockId) ?? {}, words(element['action_id']))
  return useState<T>(() => (state === undefined ? initial : (read(object(state)) ?? initial)))
}

/** For the control that a form opens with. */
export function useFocusOnLoad<T extends HTMLElement>(element: Json) {
  const control = useRef<T>(null)
  useEffect(() => {
    if (element['focus_on_load'] === true) control.current?.focus()
  }, [])
  return control
}
