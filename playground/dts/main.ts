import { parseArgs } from 'node:util'
import { seedJobs } from './seed-jobs.ts'
import { startDts } from './server.ts'

/** The pretend DTS as a process of its own: `node main.ts [--speed 10]`. */
const { values } = parseArgs({ options: { speed: { type: 'string', default: '1' } } })
const credentials = [{ secretId: 'AKIDEXAMPLE', secretKey: 'not-a-real-secret' }]
const dts = await startDts({ credentials, jobs: seedJobs, speed: Number(values.speed) })
console.log(`pretend DTS ${dts.url}`)
process.once('SIGTERM', () => void dts.close())
