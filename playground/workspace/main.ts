import { parseArgs } from 'node:util'
import { startSlack } from './server.ts'

/** The pretend Slack as a process of its own: `node main.ts [--manifest FILE]`. */
const { values } = parseArgs({ options: { manifest: { type: 'string' } } })
const slack = await startSlack(values)
console.log(`pretend Slack ${slack.url}`)
process.once('SIGTERM', () => void slack.close())
