import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeFormMemory, encodeFormMemory } from '../../src/views/form-memory.ts'

const memory = { channel: 'C0MIGRATE', account: 'default', region: 'ap-guangzhou' }

test('form memory decodes to what was encoded', () => {
  for (const more of [{}, { jobId: 'dts-1kl0iy0v' }, { jobId: 'dts-1kl0iy0v', digest: 'd1' }]) {
    expect(decodeFormMemory(encodeFormMemory({ ...memory, ...more }))).toEqual({
      ...memory,
      ...more,
    })
  }
})

test('any other text decodes to undefined', () => {
  const forged = [
    {},
    { ...memory, account: '' },
    { ...memory, region: 'Guangzhou' },
    { ...memory, jobId: '../dts' },
    { ...memory, digest: 1 },
    { channel: 'C0MIGRATE', region: 'ap-guangzhou' },
  ]
  for (const one of forged) expect(decodeFormMemory(JSON.stringify(one))).toBeUndefined()
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(decodeFormMemory(text)).toBeUndefined()
    }),
  )
})
