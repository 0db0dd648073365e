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
    expect(scrub.text(`cannot log in with ${PLANTED}, tried ${PLANTED}`)).toBe(
      'cannot log in with ***, tried ***',
    )
  })

  test('also as JSON and URLs encode it', () => {
    const scrub = scrubFor({ Password: 'p"ss wörd/1' })
    expect(scrub.text('{"x":"p\\"ss wörd/1"} p%22ss%20w%C3%B6rd%2F1')).toBe('{"x":"***"} ***')
  })

  test('the longer of two secrets first', () => {
    expect(scrubFor({ Password: 'abcd', Token: 'abcdef' }).text('abcdef abcd')).toBe('*** ***')
  })

  test('even if it is as long as a whole answer', () => {
    for (const Password of ['𠍜'.repeat(3_000), 'x'.repeat(1_000_000)]) {
      expect(scrubFor({ Password }).text(`tried ${Password}`)).toMatch(/^tried \*\*\*…?$/)
    }
  })

  test.each(
    words(
      'Passphrase PassPhrase passcode PrivateKey private_key Credential UserPass userpass',
      'db_pass DB_PASS Pass ApiKey APIKEY AccessKeySecret SigningKey requirepass',
      'Authorization',
    ),
  )('%s', (name) => {
    expect(scrubFor({ [name]: PLANTED }).text(`tried ${PLANTED}`)).toBe('tried ***')
  })

  test.each(
    words(
      'PrimaryKey TagKey Key Bypass Compass CheckPass Passed PassRate',
      'KeyspaceId Author CredentialType AuthorizationStatus SecondsBehindMaster',
    ),
  )('but %s is no such key', (name) => {
    expect(scrubFor({ [name]: 'orders' }).text('orders')).toBe('orders')
  })

  test('in capitals or not', () => {
    const { text } = scrubFor({ Password: 'Straße-Of-Secrets' })
    expect(text('STRASSE-OF-SECRETS straße-of-secrets STRAßE-OF-SECRETS')).toBe('*** *** ***')
  })

  test('in base64, alone and inside something longer', () => {
    const { text } = scrubFor({ Password: PLANTED })
    for (const user of ['', 'm:', 'dts:', 'user:']) {
      const encoded = Buffer.from(`${user}${PLANTED}>>`).toString('base64')
      const shown = text(`Basic ${encoded}!`)
      expect(shown).toMatch(/^Basic [\w+/=]{0,8}\*\*\*[\w+/=]{0,8}!$/)
    }
    expect(text(Buffer.from(PLANTED).toString('base64'))).toBe('***')
    expect(text(Buffer.from(PLANTED).toString('base64url'))).toBe('***')
  })

  test.each([
    ['tried not-a-real-s', 'tried ***'],
    ['tried not-a-...', 'tried ***...'],
    ['tried not-a-re… and gave up', 'tried ***… and gave up'],
    ['tried NOT-A-\nand again bm90LWEtcmVhb\r\n', 'tried ***\nand again ***\n'],
    ['tried not-a', 'tried not-a'],
    ['not-a-real name, not-a-real.', 'not-a-real name, not-a-real.'],
  ])('also where a line was cut: %j', (text, masked) => {
    expect(scrubFor({ Password: PLANTED }).text(text)).toBe(masked)
  })

  test('two that overlap leave nothing of either', () => {
    expect(scrubFor({ Password: 'abcdef', Token: 'defghi' }).text('<abcdefghi>')).toBe('<***>')
    expect(scrubFor({ Password: 'abcdef', Token: 'cde' }).text('<abcde abcdef>')).toBe(
      '<ab*** ***>',
    )
  })

  test('if it is a number too, but not if it is empty or a single letter', () => {
    expect(scrubFor({ Password: 123456 }).text('pin 123456')).toBe('pin ***')
    expect(scrubFor({ Password: '', Token: 'a', secret: null }).text('a banana')).toBe('a banana')
  })

  test('and so are our own secrets', () => {
    expect(scrubFor({}, [PLANTED]).text(`key ${PLANTED}`)).toBe('key ***')
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
  [`passphrase=${PLANTED} private key: ${PLANTED}`, 'passphrase=*** private key: ***'],
  [`api_key=${PLANTED}&user_pass=${PLANTED}`, 'api_key=***&user_pass=***'],
  [`{"Credential":"${PLANTED}"}`, '{"Credential":***}'],
  ['Bad credentials: access denied', 'Bad credentials: access denied'],
  ['precheck pass: 12 items', 'precheck pass: 12 items'],
  [`mysql://root:${PLANTED}`, 'mysql://root:***'],
  ['see http://10.0.0.1:8080/help', 'see http://10.0.0.1:8080/help'],
  ['redis://10.0.0.1:6379', 'redis://10.0.0.1:6379'],
  [
    `read -----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc=\n-----END RSA PRIVATE KEY----- failed`,
    'read *** failed',
  ],
  ['-----BEGIN PRIVATE KEY-----\\nMIIE', '***'],
])('%s is scrubbed to %s', (text, scrubbed) => {
  expect(scrubFor({}).text(text)).toBe(scrubbed)
})

test('control characters and halves of characters are removed, line breaks stay', () => {
  expect(scrubFor({}).text('a\u0000b\u001bc\nd\ud800')).toBe('abc\nd\ufffd')
})

test('a control character cannot hide a secret', () => {
  expect(scrubFor({ Password: PLANTED }).text(`not-a-\u0000real-secret`)).toBe('***')
})

test('a long text is cut only after its secrets are masked', () => {
  const text = scrubFor({ Password: PLANTED }).text(
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
      const scrubbed = scrubFor(answer).text(`${before}${planted}${after}${planted}`)
      expect(scrubbed).not.toContain(planted)
    }),
    { numRuns: 1000 },
  )
})

test('no letter of a secret shows, in whatever form and wherever a text is cut', () => {
  const secret = fc.stringMatching(/^[A-Za-z0-9!#$%&()+,/:;<=>?@^_{|}~"'\\-]{8,30}$/)
  const form = fc.constantFrom(
    (text: string) => text,
    (text: string) => text.toUpperCase(),
    (text: string) => JSON.stringify(text).slice(1, -1),
    encodeURIComponent,
    (text: string) => Buffer.from(text).toString('base64'),
    (text: string) => Buffer.from(text).toString('base64url'),
  )
  const fillers = fc.integer({ min: 0, max: 9000 })
  fc.assert(
    fc.property(secret, form, fillers, fc.nat(40), (planted, write, before, gap) => {
      const written = `${write(planted)}${'·'.repeat(gap)}`
      const text = `${'·'.repeat(before)}${written.repeat(300)}`
      const shown = scrubFor({ Password: planted }).text(text)
      expect(shown.replace(/[·…*]/g, '')).toBe('')
    }),
    { numRuns: 1000 },
  )
})

describe('JSON kept as text', () => {
  const json = JSON.stringify({ password: 'orders' })

  test.each(['DatabaseInfo', 'ExternParams', 'SomethingNew'])('is looked into in %s', (field) => {
    expect(scrubFor({ Job: { [field]: json } }).text('to orders')).toBe('to ***')
  })

  test.each(['JobName', 'StepName', 'ErrorLog', 'ErrorMessage', 'TagValue'])(
    'is nothing but a text in %s',
    (field) => {
      expect(scrubFor({ Job: { [field]: json } }).text('to orders')).toBe('to orders')
      expect(scrubFor({ Job: { [field]: [json] } }).text('to orders')).toBe('to orders')
    },
  )

  test('is nothing but a text in the name of a database', () => {
    const DatabaseInfo = JSON.stringify([{ Database: json, Table: [{ TableName: json }] }])
    expect(scrubFor({ DatabaseInfo }).text('to orders')).toBe('to orders')
  })

  test('may be nested as deeply as it likes', () => {
    const nested = `${'['.repeat(50_000)}{"Password":"${PLANTED}"}${']'.repeat(50_000)}`
    for (const answer of [JSON.parse(nested) as unknown, { ExternParams: nested }]) {
      expect(scrubFor(answer).text(`tried ${PLANTED}`)).toBe('tried ***')
    }
  })

  test('that cannot be looked into has every free text masked', () => {
    const nested = `${'['.repeat(50_000)}${'9'.repeat(20)}${']'.repeat(50_000)}`
    expect(scrubFor({ ExternParams: nested }).text('harmless')).toBe('***')
  })
})

describe('more secrets than an honest answer has', () => {
  const secrets = (count: number, size = 0) =>
    Array.from({ length: count }, (_, index) => `${index}-${PLANTED}`.padEnd(size, '.'))

  test('have every free text masked whole, while words stay', () => {
    const { text, word } = scrubFor({ Password: secrets(1001) })
    expect(text('harmless')).toBe('***')
    expect(text('')).toBe('')
    for (const id of ['cdb-source01', 'FailedOperation.StatusInConflict', 'ap-guangzhou']) {
      expect(word(id)).toBe(id)
    }
    expect(word(`7-${PLANTED}`)).toBe('***')
    expect(word('two words')).toBe('***')
    expect(word('')).toBe('')
  })

  test('are more than 1,000 different ones, or much fewer long ones', () => {
    expect(scrubFor({ Password: secrets(1000) }).text('harmless')).toBe('harmless')
    expect(scrubFor({ Password: [...secrets(1000), ...secrets(1000)] }).text('a')).toBe('a')
    expect(scrubFor({ Password: secrets(100, 4000) }).text('harmless')).toBe('***')
  })

  // Looking for each secret in each text would take hours.
  test('cost no more than reading them once', () => {
    const { text } = scrubFor({ Password: secrets(300_000) })
    for (let count = 0; count < 20_000; count += 1) text('x'.repeat(4000))
  })

  test('and even the most that are looked for cost each text a single pass', () => {
    const alike = secrets(500).map((secret) => `xxxxxxxxxxxxxxxx${secret}`)
    const { text } = scrubFor({ Password: alike })
    for (let count = 0; count < 500; count += 1) {
      expect(text('x'.repeat(4000))).toBe(`${'x'.repeat(3984)}***`)
    }
  })
})

describe('a text of any length is looked at in part', () => {
  test('and is cut there', () => {
    expect(scrubFor({}).text('x'.repeat(50_000_000))).toBe(`${'x'.repeat(3999)}…`)
  })

  test('so that a secret that straddles the cut does not begin to show', () => {
    const { text } = scrubFor({ Password: PLANTED, Token: 'a-mask-shortens-me' })
    for (const before of [3980, 3990, 3999, 4000, 7983, 7990, 7995, 7999]) {
      const shown = text(`${'x'.repeat(before)}${PLANTED}${'y'.repeat(9000)}`)
      expect(shown).not.toMatch(/x[not]/)
    }
    for (let before = 0; before < 40; before += 1) {
      const long = `${'-'.repeat(before)}${'a-mask-shortens-me '.repeat(420)}${PLANTED.repeat(9000)}`
      expect(text(long)).toMatch(/^-*(\*\*\* )+(\*\*\*)*…$/)
    }
  })
})

test('a word of Tencent is no cut line: only a whole secret is masked', () => {
  const { word } = scrubFor({ Password: 'postgresql-2026' })
  expect(word('postgresql')).toBe('postgresql')
  expect(word('postgresql-2026')).toBe('***')
})

function words(...lines: string[]): string[] {
  return lines.flatMap((line) => line.split(' '))
}
