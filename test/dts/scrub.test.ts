import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scrubFor } from '../../src/dts/scrub.ts'

const PLANTED = 'not-a-real-secret'

describe('a value whose key looks secret is masked in every text', () => {
  test.each([
    [{ SrcInfo: { Password: PLANTED } }],
    [{ SrcInfo: { AccessKey: PLANTED } }],
    [{ SrcInfoMulti: [{}, { Password: PLANTED }] }],
    [{ SrcInfoMulti: [{ AccessKey: PLANTED }] }],
    [{ DstInfo: { Info: [{ TmpSecretKey: PLANTED }] } }],
    [{ TmpToken: PLANTED }],
    [{ secret: { inner: [PLANTED] } }],
    [{ db_pwd: PLANTED }],
    [{ MigrateOption: { ExternParams: JSON.stringify({ src: { passwd: PLANTED } }) } }],
    [{ DatabaseInfo: JSON.stringify([{ Extra: JSON.stringify({ access_key: PLANTED }) }]) }],
  ])('%j', (answer) => {
    const scrub = scrubFor(answer)
    expect(scrub(`cannot log in with ${PLANTED}, tried ${PLANTED}`)).toBe(
      'cannot log in with ***, tried ***',
    )
  })

  test('also as JSON and URLs encode it', () => {
    const scrub = scrubFor({ Password: 'p"ss wörd/1' })
    expect(scrub('{"x":"p\\"ss wörd/1"} p%22ss%20w%C3%B6rd%2F1')).toBe('{"x":"***"} ***')
  })

  test('the longer of two secrets first', () => {
    expect(scrubFor({ Password: 'abcd', Token: 'abcdef' })('abcdef abcd')).toBe('*** ***')
  })

  test('even if it is as long as a whole answer', () => {
    for (const Password of ['𠍜'.repeat(3_000), 'x'.repeat(1_000_000)]) {
      expect(scrubFor({ Password })(`tried ${Password}`)).toBe('tried ***')
    }
  })

  test('if it is a number too, but not if it is empty or a single letter', () => {
    expect(scrubFor({ Password: 123456 })('pin 123456')).toBe('pin ***')
    expect(scrubFor({ Password: '', Token: 'a', secret: null })('a banana')).toBe('a banana')
  })

  test('and so are our own secrets', () => {
    expect(scrubFor({}, [PLANTED])(`key ${PLANTED}`)).toBe('key ***')
  })
})

test.each([
  [`IDENTIFIED BY '${PLANTED}' x`, 'IDENTIFIED BY *** x'],
  [`identified  by "${PLANTED}"`, 'identified  by ***'],
  [`IDENTIFIED BY PASSWORD '*A0B1'`, 'IDENTIFIED BY PASSWORD ***'],
  [
    `IDENTIFIED WITH mysql_native_password AS '${PLANTED}'`,
    'IDENTIFIED WITH mysql_native_password AS ***',
  ],
  [`IDENTIFIED BY 'it''s \\' one' REQUIRE`, `IDENTIFIED BY ***'s \\' one' REQUIRE`],
  [`password=${PLANTED};user=x`, 'password=***;user=x'],
  [`Password: "two words", next`, 'Password: ***, next'],
  [`pwd: ${PLANTED}`, 'pwd: ***'],
  [`db_password = '${PLANTED}'`, 'db_password = ***'],
  [`{"password":"${PLANTED}","a":1}`, '{"password":***,"a":1}'],
  [`{\\"SecretKey\\":\\"${PLANTED}\\",\\"a\\":1}`, '{\\"SecretKey\\":***,\\"a\\":1}'],
  [`密码：${PLANTED}`, '密码：***'],
  [`mysql://root:${PLANTED}@10.0.0.1/db`, 'mysql://root:***@10.0.0.1/db'],
  [
    `Access denied for user 'm'@'10.0.0.7' (using password: YES)`,
    `Access denied for user 'm'@'10.0.0.7' (using password: YES)`,
  ],
  ['no secret in here', 'no secret in here'],
])('%s is scrubbed to %s', (text, scrubbed) => {
  expect(scrubFor({})(text)).toBe(scrubbed)
})

test('control characters and halves of characters are removed, line breaks stay', () => {
  expect(scrubFor({})('a\u0000b\u001bc\nd\ud800')).toBe('abc\nd\ufffd')
})

test('a control character cannot hide a secret', () => {
  expect(scrubFor({ Password: PLANTED })(`not-a-\u0000real-secret`)).toBe('***')
})

test('a long text is cut only after its secrets are masked', () => {
  const text = scrubFor({ Password: PLANTED })(
    `${'x'.repeat(3990)}${PLANTED.repeat(2)}${'y'.repeat(99)}`,
  )
  expect(text).toHaveLength(4000)
  expect(text).toMatch(/x\*{6}y+…$/)
})

test('no secret survives, wherever it is in a text', () => {
  const secret = fc
    .string({ minLength: 3, maxLength: 30 })
    .filter((text) => /^[^*\p{Cc}…]+$/u.test(text))
  fc.assert(
    fc.property(secret, fc.string(), fc.string(), fc.json(), (planted, before, after, json) => {
      const answer = { JobList: [{ DstInfo: { Password: planted }, Other: json }] }
      const scrubbed = scrubFor(answer)(`${before}${planted}${after}${planted}`)
      expect(scrubbed).not.toContain(planted)
    }),
    { numRuns: 1000 },
  )
})

test('an answer nested too deeply throws RangeError', () => {
  const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`) as unknown
  expect(() => scrubFor(deep)).toThrow(RangeError)
  expect(() => scrubFor({ Text: JSON.stringify({ a: JSON.stringify([1]) }) })).not.toThrow()
})
