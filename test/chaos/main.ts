/**
 * `npm run test:chaos -- --kills 1000 --pauses 300 --seed 7 --engine postgres`: kills and pauses
 * bots, and prints what the judge found. `--longest` is the longest pause in seconds. `--keep FILE` writes the evidence to `FILE.<engine>.json`. Exits 1 when a promise was
 * broken.
 */
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { runCampaign } from './campaign.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    pauses: { type: 'string', default: '0' },
    longest: { type: 'string', default: '150' },
    seed: { type: 'string', default: '1' },
    engine: { type: 'string', default: 'both' },
    bots: { type: 'string' },
    keep: { type: 'string' },
  },
})
const options = z
  .object({
    kills: z.coerce.number().int().min(1),
    pauses: z.coerce.number().int().min(0),
    longest: z.coerce.number().min(1),
    seed: z.coerce.number().int().min(0),
    engine: z.enum(['sqlite', 'postgres', 'both']),
    bots: z.coerce.number().int().min(1).max(5).default(3),
    keep: z.string().optional(),
  })
  .safeParse(values)
if (!options.success) {
  console.error(z.prettifyError(options.error))
  process.exit(1)
}

const { engine, keep, longest, ...given } = options.data
for (const one of ['sqlite', 'postgres'] as const) {
  if (engine !== 'both' && engine !== one) continue
  const bots = one === 'sqlite' ? 1 : given.bots
  const began = Date.now()
  const { faults, twice, seen, ...counts } = await runCampaign({
    ...given,
    engine: one,
    bots,
    longest: longest * 1_000,
    keep: keep && `${keep}.${one}.json`,
    onProgress: (stage) => console.error(`${new Date().toISOString()} ${one}: ${stage}`),
  })
  const minutes = Math.round((Date.now() - began) / 60_000)
  console.log(JSON.stringify({ ...given, bots, engine: one, minutes, ...counts }))
  console.log('seen:', JSON.stringify(seen))
  console.log(`said twice: ${twice.length}`, ...twice.map((what) => `\n  ${what}`))
  console.log(`promises broken: ${faults.length}`, ...faults.map((what) => `\n  ${what}`))
  if (faults.length > 0) process.exitCode = 1
}
