import { useEffect, useState } from 'preact/hooks'

export type SlashCommand = { command: string; description: string; usage_hint: string }
export type Facts = { commands: SlashCommand[]; errorCodes: string[] }

const NONE: Facts = { commands: [], errorCodes: [] }
let asked: Promise<Facts> | undefined

/** What never changes while the page is open. */
export function useFacts(): Facts {
  const [facts, setFacts] = useState(NONE)
  useEffect(() => {
    asked ??= fetch('/api/facts').then(async (response) => (await response.json()) as Facts)
    void asked.then(setFacts)
  }, [])
  return facts
}
