/** Up to six letters of a text as one number: five bits each, the last ones lowest. */
export function nextKey(key: number, letter: number): number {
  // Capitals of ASCII differ from small letters in another bit, so that only other texts must be folded.
  return ((key << 5) | (letter & 31)) & (2 ** 30 - 1)
}

/** The key of the first `length` letters, which are six at most. */
export function keyOf(text: string, length: number): number {
  let key = 0
  for (let at = 0; at < length; at += 1) key = nextKey(key, text.charCodeAt(at))
  return key
}

/** Numbers, in a table that takes much less time to fill than a Set. */
export function createKeys(all: readonly number[]): (key: number) => boolean {
  // Half of it stays empty, so that what is not there is soon found out. 0 is an empty place.
  const size = 2 ** Math.ceil(Math.log2(2 * all.length + 1))
  const table = new Int32Array(size)
  const placeOf = (key: number): number => {
    let at = (key ^ (key >> 13)) & (size - 1)
    while (table[at] !== 0 && table[at] !== key + 1) at = (at + 1) & (size - 1)
    return at
  }
  for (const key of all) table[placeOf(key)] = key + 1
  return (key) => table[placeOf(key)] !== 0
}
