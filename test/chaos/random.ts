/** Random choices that can be repeated: the same seed gives the same ones (mulberry32). */
export type Random = {
  chance(probability: number): boolean
  /** A whole number from `from` up to but not including `to`. */
  between(from: number, to: number): number
  pick<L extends readonly [unknown, ...unknown[]]>(list: L): L[number]
}

export function randomOf(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    chance: (probability) => next() < probability,
    between: (from, to) => Math.floor(from + next() * (to - from)),
    pick: (list) => list[Math.floor(next() * list.length)] ?? list[0],
  }
}
