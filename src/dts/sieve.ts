import { formBeginnings, simplified } from './secret-forms.ts'

/**
 * Tells texts that may hold a secret, in any form and from its first six letters on, from those that
 * certainly hold none: most. It says yes without a reason only if those six letters are there by chance.
 */
export function createSieve(secrets: Iterable<string>): (text: string) => boolean {
  const beginnings = new Set<string>()
  const lengths = new Set<number>()
  const marks = new Uint8Array(MARKS)
  for (const secret of secrets) {
    for (const beginning of formBeginnings(secret)) {
      beginnings.add(beginning)
      lengths.add(beginning.length)
      marks[markAt(beginning, 0)] = 1
    }
  }

  return (text) => {
    const looked = simplified(text)
    for (let at = 0; at < looked.length; at += 1) {
      if (marks[markAt(looked, at)] === 0) continue
      for (const length of lengths) {
        if (beginnings.has(looked.slice(at, at + length))) return true
      }
    }
    return false
  }
}

const MARKS = 1 << 14

/** By the three letters there, which every beginning has. */
function markAt(text: string, at: number): number {
  const letters = text.charCodeAt(at) * 961 + text.charCodeAt(at + 1) * 31 + text.charCodeAt(at + 2)
  return letters & (MARKS - 1)
}
