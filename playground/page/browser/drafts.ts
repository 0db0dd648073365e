import { useEffect, useState } from 'preact/hooks'

const wanted = new Set<(text: string) => void>()

/** What is typed into a composer and not sent yet; kept over reloads. */
export function useDraft(key: string): [string, (text: string) => void] {
  const [text, setText] = useState(() => sessionStorage.getItem(`draft ${key}`) ?? '')
  const change = (next: string): void => {
    sessionStorage.setItem(`draft ${key}`, next)
    setText(next)
  }
  return [text, change]
}

/** Puts words into the composer of the channel that is open. */
export function suggestDraft(text: string): void {
  for (const take of wanted) take(text)
}

export function useSuggestedDraft(take: (text: string) => void, active: boolean): void {
  useEffect(() => {
    if (!active) return
    wanted.add(take)
    return () => void wanted.delete(take)
  })
}
