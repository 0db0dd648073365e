import { useEffect, useState } from 'preact/hooks'
import { notify } from './act.ts'

type Take = (text: string) => void

const wanted = new Set<Take>()
let waiting: string | undefined

/** Text typed but not sent; survives a reload. */
export function useDraft(key: string): [string, (text: string) => void] {
  const [text, setText] = useState(() => sessionStorage.getItem(`draft ${key}`) ?? '')
  const change = (next: string): void => {
    sessionStorage.setItem(`draft ${key}`, next)
    setText(next)
  }
  return [text, change]
}

/** Puts text into the channel's message box, which may open a moment later. */
export function suggestDraft(text: string): void {
  if (wanted.size === 0) waiting = text
  for (const take of wanted) take(text)
}

/** Takes suggested text, unless it would replace what the person wrote. */
export function useSuggestedDraft(text: string, take: Take, active: boolean): void {
  useEffect(() => {
    if (!active) return undefined
    const offered: Take = (next) => {
      const [command = '', verb = ''] = next.split(' ')
      const isBegun = next.startsWith(text.trim()) || text.startsWith(`${command} ${verb} `)
      if (isBegun) take(next)
      else notify('You are writing something else. Send it or clear it, then ask again.')
    }
    if (waiting) offered(waiting)
    waiting = undefined
    wanted.add(offered)
    return () => void wanted.delete(offered)
  })
}
