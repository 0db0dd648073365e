import { parseArgs } from 'node:util'
import { startSlack } from './server.ts'

/** The pretend workspace as a process of its own: `node main.ts [--port 3100] [--manifest FILE]`. */
const { values } = parseArgs({
  options: { port: { type: 'string', default: '0' }, manifest: { type: 'string' } },
})
const { port, manifest } = values
const slack = await startSlack({ port: Number(port), ...(manifest ? { manifest } : {}) })
console.log(`pretend Slack ${slack.url}`)
process.once('SIGTERM', () => void slack.close())
