import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Config, ConfigError, VARIABLES, readConfig } from '../../src/config.ts'
import { createDts } from '../../src/dts/client.ts'
import { fromValues } from '../../src/dts/credentials.ts'

/*
 * Whatever an operator puts into a variable: the bot can work with it, or refuses it with a sentence
 * that names the variable and reveals no secret.
 */

const LEAST = {
  SLACK_BOT_TOKEN: 'xoxb-not-a-real-token',
  SLACK_APP_TOKEN: 'xapp-not-a-real-token',
  TENCENTCLOUD_SECRET_ID: 'AKIDEXAMPLE',
  TENCENTCLOUD_SECRET_KEY: 'not-a-real-secret',
  TENCENTCLOUD_REGION: 'ap-guangzhou',
  DTS_APPROVERS: 'U0BO,S0ONCALL',
}

/** Almost what the variables expect. */
const BEGINNINGS = ['xoxb-', 'xapp-', 'http://', 'https://', 'postgres://', 'ap-', 'U0', 'C0', '']
const PIECES = [
  '1',
  '0',
  '-',
  '.',
  ':',
  '/',
  '[',
  ']',
  '@',
  '%',
  ' ',
  '\n',
  '\u200b',
  '数',
  'é',
  '9999',
]
const nearly = fc
  .tuple(
    fc.constantFrom(...BEGINNINGS),
    fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 3 })), {
      maxLength: 8,
    }),
  )
  .map(([beginning, pieces]) => beginning + pieces.join(''))

const value = fc.oneof(nearly, nearly, fc.string({ unit: 'binary' }), fc.constantFrom('1e3', '-0'))
const variable = fc.constantFrom(...VARIABLES)

test('any text in any variable works, or is refused by the name of the variable', async () => {
  await fc.assert(
    fc.asyncProperty(variable, value, async (name, text) => {
      const config = read({ ...LEAST, [name]: text })
      if (config instanceof ConfigError) expect(config.message).toContain(name)
      else await expect(usable(config)).resolves.toBeUndefined()
    }),
    {
      numRuns: 1500,
      examples: [
        ['DTS_ENDPOINT', 'dts.example:99999'],
        ['DTS_ENDPOINT', '999.999.999.999'],
        ['SLACK_API_URL', 'http://['],
        ['TENCENTCLOUD_REGION', 'ap--'],
        ['TENCENTCLOUD_REGION', 'ap-a'],
        ['SLACK_BOT_TOKEN', 'xoxb-pasted\ntwice'],
        ['SLACK_APP_TOKEN', 'xapp-\u200b1'],
        ['TENCENTCLOUD_SECRET_ID', 'AKID\u200b'],
        ['TENCENTCLOUD_TOKEN', 'two\nlines'],
      ],
    },
  )
})

test('a refusal never shows the value of a variable', () => {
  const planted = nearly.map((text) => `${text}§planted§${text}`)
  fc.assert(
    fc.property(fc.dictionary(variable, planted), (env) => {
      const config = read({ ...LEAST, ...env })
      if (config instanceof ConfigError) expect(config.message).not.toContain('planted')
    }),
    { numRuns: 1000 },
  )
})

/** Anything but a configuration or a ConfigError fails the test. */
function read(env: Record<string, string>): Config | ConfigError {
  try {
    return readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error
    throw error
  }
}

/** Rejects for an invalid header, address or region, with which the bot could not even try. */
async function usable({
  slack,
  dts: { endpoint, region, versions, ...key },
}: Config): Promise<void> {
  const sent = [slack.botToken, key.secretId, key.token ?? '']
  if (slack.mode === 'socket') sent.push(slack.appToken)
  for (const text of sent) new Headers().set('authorization', `Bearer ${text}`)
  if (slack.apiUrl) new URL(slack.apiUrl)

  const credentials = fromValues(key)
  const dts = createDts({
    account: 'default',
    endpoint,
    versions,
    credentials,
    digestKey: 'key',
  })
  // Closed, it turns every call away, but looks at the region first.
  await dts.close()
  const rejected = await dts
    .describeJob({ account: 'default', region, id: 'dts-1kl0iy0v' })
    .catch((error: unknown) => error)
  if (rejected instanceof TypeError) throw rejected
}
