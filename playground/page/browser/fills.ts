import type { Json } from './blocks/props.ts'

type Values = Record<string, Record<string, Json>>

/** What was typed into a form. It wins over the workspace's older values. */
export type Fills = {
  fill(element: Json, value: Json): void
  /** Resolves when the workspace has everything. */
  flush(): Promise<void>
  /** The workspace's values with what was typed. */
  over(values: Values): Values
}

/** Milliseconds after the last key. */
const PAUSE = 150

export function createFills(
  send: (element: Json, value: Json) => Promise<void>,
  changed: () => void,
): Fills {
  const typed = new Map<string, { element: Json; value: Json }>()
  const unsent = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let sending = Promise.resolve()

  const flush = (): Promise<void> => {
    clearTimeout(timer)
    const waiting = [...unsent].flatMap((key) => typed.get(key) ?? [])
    unsent.clear()
    sending = sending.then(async () => {
      for (const { element, value } of waiting) await send(element, value)
    })
    return sending
  }
  return {
    fill(element, value) {
      typed.set(keyOf(element), { element, value })
      unsent.add(keyOf(element))
      changed()
      clearTimeout(timer)
      timer = setTimeout(() => void flush(), PAUSE)
    },
    flush,
    over(values) {
      const merged = { ...values }
      for (const { element, value } of typed.values()) {
        const block = String(element['block_id'])
        merged[block] = { ...merged[block], [String(element['action_id'])]: value }
      }
      return merged
    },
  }
}

function keyOf(element: Json): string {
  return `${String(element['block_id'])} ${String(element['action_id'])}`
}
