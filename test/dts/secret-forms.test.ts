import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fold } from '../../src/dts/fold.ts'
import { number } from '../../src/dts/lenient.ts'
import { secretForms } from '../../src/dts/secret-forms.ts'
import { createSieve } from '../../src/dts/sieve.ts'

const secret = fc
  .oneof(
    fc.stringMatching(/^[ -~]{1,30}$/),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom('Straße-Geheim', 'ΣΑΣ-ςσ-secret', 'İstanbul-pw', '𐐀𐐁secret𐐂𐐃'),
  )
  .map((text) => text.toWellFormed())

test('a text with a secret, in any form or from its first six letters on, is never let through', () => {
  fc.assert(
    fc.property(secret, fc.string(), fc.string(), (planted, before, after) => {
      const mayHold = createSieve([planted, 'another-one'])
      for (const form of secretForms(planted)) {
        for (const shown of [form, fold(form), form.slice(0, 6)]) {
          if (shown.length < 3 || shown.length > form.length) continue
          expect(mayHold(`${before}${shown}${after}`)).toBe(true)
        }
      }
    }),
    { numRuns: 2000 },
  )
})

test('a text without one passes', () => {
  const mayHold = createSieve(['not-a-real-secret', 'p@ss/wörd', 'ab', ''])
  for (const text of ['orders-to-cynosdb', 'cdb-source01', '', 'no', 'Nota bene: ordres']) {
    expect(mayHold(text)).toBe(false)
  }
})

// Quadratic time would be hours.
test('a number among a million spaces is none', () => {
  expect(number(`1${' '.repeat(4_000_000)}x`)).toBeUndefined()
  expect(number(' 43 % ')).toBe(43)
})
