import { parseArgs } from 'node:util'

import { BadInput } from './bad-input.ts'
import { seedJobs } from './seed-jobs.ts'
import { type PretendDtsOptions, startDts } from './server.ts'

// The simulator as a process of its own. Options win over the environment; SIGTERM ends it.
try {
  const dts = await startDts(readOptions())
  console.log(`pretend DTS ready on ${dts.url}`)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void dts.close())
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

function readOptions(): PretendDtsOptions {
  const { env } = process
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: env['PORT'] ?? '0' },
      speed: { type: 'string', default: env['SPEED'] ?? '1' },
      'secret-id': { type: 'string', default: env['PRETEND_SECRET_ID'] ?? 'AKIDEXAMPLE' },
      'secret-key': { type: 'string', default: env['PRETEND_SECRET_KEY'] ?? 'not-a-real-secret' },
      token: { type: 'string', default: env['PRETEND_TOKEN'] ?? '' },
      /** Without the jobs for newcomers. */
      empty: { type: 'boolean', default: false },
    },
  })
  const token = values.token === '' ? {} : { token: values.token }
  return {
    port: wholeNumber('port', values.port, 65_535),
    speed: wholeNumber('speed', values.speed, 10_000),
    credentials: [{ secretId: values['secret-id'], secretKey: values['secret-key'], ...token }],
    jobs: values.empty ? [] : seedJobs,
  }
}

function wholeNumber(name: string, text: string, most: number): number {
  if (/^\d+$/.test(text) && Number(text) <= most) return Number(text)
  throw new BadInput(`${name} must be a whole number up to ${most}, not "${text}".`)
}
