import fc from 'fast-check'
import { FORMS, MESSAGES } from './block-samples.ts'

type Json = Record<string, unknown>

const everySample = [...MESSAGES, ...FORMS].map(([block]) => block)
const types = [...new Set(JSON.stringify(everySample).match(/(?<="type":")\w+/g) ?? [])]
const keys = [...new Set(JSON.stringify(everySample).match(/(?<=")\w+(?=":)/g) ?? []), '__proto__']

const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '"><script>alert(1)</script>',
  "' onclick='alert(1)",
  'javascript:alert(1)',
  '<javascript:alert(1)|click>',
  '[click](javascript:alert(1))',
  '<https://a.example" onclick="x|y>',
  'https://a.example',
  '<@constructor>',
  '__proto__',
  '1970-01-01',
  '',
  ' ',
  '*',
  '> ',
  '<>',
  '``` ```',
  '\u0000',
  '\uD800',
]

const junk = fc.oneof(fc.constantFrom(...HOSTILE), fc.string(), fc.jsonValue())

/** A sample in which anything stands where something else did. */
const spoilt = fc
  .tuple(fc.constantFrom(...everySample), fc.array(fc.tuple(fc.nat(60), junk), { maxLength: 5 }))
  .map(([sample, changes]) =>
    changes.reduce<unknown>((block, [place, value]) => replaced(block, place, value), sample),
  )

/** Known types and known keys, with anything in them. */
const { object: madeUp } = fc.letrec<{ any: unknown; object: Json }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    junk,
    fc.array(tie('object'), { maxLength: 4 }),
    tie('object'),
  ),
  object: fc
    .tuple(
      fc.constantFrom(...types),
      fc.dictionary(fc.constantFrom(...keys), tie('any'), { maxKeys: 6 }),
    )
    .map(([type, rest]) => ({ ...rest, type })),
}))

/** Blocks right and wrong, and what is no block at all. */
export const anyBlock = fc.oneof(spoilt, madeUp, fc.jsonValue()).map((block) => block as Json)

/** `value` at the `place`-th node, counted from the outside. */
function replaced(node: unknown, place: number, value: unknown): unknown {
  let left = place
  const visit = (one: unknown): unknown => {
    if (left-- === 0) return value
    if (Array.isArray(one)) return one.map(visit)
    if (typeof one !== 'object' || one === null) return one
    return Object.fromEntries(Object.entries(one).map(([key, inside]) => [key, visit(inside)]))
  }
  return visit(node)
}
