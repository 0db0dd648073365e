/**
 * A pretend Slack, a pretend DTS and the real bot, three processes that talk only over HTTP and
 * WebSocket. Serves a page to use them; `--story` plays one migration in the terminal and exits.
 */
import { once } from 'node:events'
import { listen, servePage } from './page/server.ts'
import { startWorld } from './pretend-world.ts'
import { tellStory } from './story.ts'

const leave = new AbortController()
for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM']) process.once(signal, () => leave.abort())
// Nobody reads the output any more, as after `| head`.
process.stdout.on('error', () => leave.abort())

if (process.argv.includes('--story')) await story()
else await page(Number(process.env['PLAYGROUND_PORT'] ?? 3030))

async function story(): Promise<void> {
  const world = await startWorld(30)
  try {
    await Promise.race([tellStory(world.slackUrl), left()])
  } finally {
    await world.stop()
  }
}

async function page(port: number): Promise<void> {
  const server = await listen(port).catch((error: unknown) => {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    if (!taken) throw error
    console.error(`Port ${port} is taken. Choose another: PLAYGROUND_PORT=3131 npm run playground`)
  })
  if (!server) {
    process.exitCode = 1
    return
  }
  const world = await startWorld(10)
  const served = servePage(server, world)
  console.log(served.url)
  await left()
  await served.close()
  await world.stop()
}

async function left(): Promise<void> {
  if (!leave.signal.aborted) await once(leave.signal, 'abort')
}
