import { useEffect, useState } from 'preact/hooks'

export type SlashCommand = { command: string; description: string; usage_hint: string }
export type Shortcut = {
  name: string
  type: 'global' | 'message'
  callback_id: string
  description: string
}
export type Facts = {
  commands: SlashCommand[]
  shortcuts: Shortcut[]
  /** Whether the app has a Home tab. */
  home: boolean
  errorCodes: string[]
}

const NONE: Facts = { commands: [], shortcuts: [], home: true, errorCodes: [] }
let asked: Promise<Facts> | undefined

export function knownFacts(): Promise<Facts> {
  asked ??= fetch('/api/facts').then(async (response) => (await response.json()) as Facts)
  return asked
}

/** What never changes while the page is open; empty until it has arrived. */
export function useFacts(): Facts {
  const [facts, setFacts] = useState(NONE)
  useEffect(() => {
    void knownFacts().then(setFacts)
  }, [])
  return facts
}
