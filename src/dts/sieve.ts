import { ASCII, fold } from './fold.ts'
import { createKeys, nextKey } from './letters.ts'
import { type AddBeginning, addBeginnings } from './secret-forms.ts'

/**
 * Tells texts that may hold a secret, in any form and from its first six letters on, from those that
 * certainly hold none: most. Says yes without a reason only where something very like these letters is.
 */
export function createSieve(secrets: Iterable<string>): (text: string) => boolean {
  const byLength = new Map<number, number[]>()
  const add: AddBeginning = (key, length) => {
    const keys = byLength.get(length)
    if (keys) keys.push(key)
    else byLength.set(length, [key])
  }
  for (const secret of secrets) addBeginnings(secret, add)
  const wanted = [...byLength].map(([length, keys]) => {
    return { bits: 2 ** (5 * length) - 1, has: createKeys(keys) }
  })
  const ends = endsOf(byLength.values())
  const last = ends.length - 1

  return (text) => {
    const folded = ASCII.test(text) ? text : fold(text)
    let key = 0
    for (let at = 0; at < folded.length; at += 1) {
      key = nextKey(key, folded.charCodeAt(at))
      if (ends[key & last] === 0) continue
      for (const { bits, has } of wanted) if (has(key & bits)) return true
    }
    return false
  }
}

/** Which two or three last letters the keys have: no text has more than a few of them. */
function endsOf(all: Iterable<number[]>): Uint8Array {
  const keys = [...all].flat()
  const ends = new Uint8Array(keys.length > FEW ? THREE_LETTERS : TWO_LETTERS)
  const last = ends.length - 1
  for (const key of keys) ends[key & last] = 1
  return ends
}

const FEW = 50
const TWO_LETTERS = 2 ** 10
const THREE_LETTERS = 2 ** 15
