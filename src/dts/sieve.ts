import { ASCII, fold } from './fold.ts'
import { formBeginnings } from './secret-forms.ts'

/**
 * Tells texts that may hold a secret, in any form and from its first six letters on, from those that
 * certainly hold none: most. Says yes without a reason only where something very like these letters is.
 */
export function createSieve(secrets: Iterable<string>): (text: string) => boolean {
  const keys = new Map<number, Set<number>>()
  for (const secret of secrets) {
    for (const beginning of formBeginnings(secret)) {
      const ofLength = keys.get(beginning.length) ?? new Set()
      keys.set(beginning.length, ofLength.add(keyOf(beginning)))
    }
  }
  const wanted = [...keys].map(([length, ofLength]) => ({ bits: 2 ** (5 * length) - 1, ofLength }))

  return (text) => {
    const folded = ASCII.test(text) ? text : fold(text)
    let key = 0
    for (let at = 0; at < folded.length; at += 1) {
      key = nextKey(key, folded.charCodeAt(at))
      for (const { bits, ofLength } of wanted) if (ofLength.has(key & bits)) return true
    }
    return false
  }
}

function keyOf(beginning: string): number {
  let key = 0
  for (let at = 0; at < beginning.length; at += 1) key = nextKey(key, beginning.charCodeAt(at))
  return key
}

/**
 * Of the last six letters, five bits each. Capitals of ASCII differ from small letters in another bit,
 * so that only other texts must be folded.
 */
function nextKey(key: number, letter: number): number {
  return ((key << 5) | (letter & 31)) & (2 ** 30 - 1)
}
