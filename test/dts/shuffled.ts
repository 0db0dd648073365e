import type fc from 'fast-check'

/** The same value with the keys of every object in another order. */
export function shuffled<Value>(value: Value, numbers: fc.Stream<number>): Value {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, numbers)) as Value
  if (typeof value !== 'object' || value === null) return value
  const pairs = Object.entries(value).map((pair) => ({ pair, at: numbers.next().value ?? 0 }))
  pairs.sort((a, b) => a.at - b.at)
  return Object.fromEntries(
    pairs.map(({ pair: [name, inner] }) => [name, shuffled(inner, numbers)]),
  ) as Value
}
