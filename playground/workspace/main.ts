import { startSlack } from './server.ts'

/** The pretend workspace as a process of its own: `node main.ts [port]`. */
const slack = await startSlack({ port: Number(process.argv[2] ?? 0) })
console.log(`pretend Slack ${slack.url}`)
process.once('SIGTERM', () => void slack.close())
