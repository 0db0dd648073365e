/**
 * `npm run bench:takeover`: three bots on one PostgreSQL; the one that holds a start is killed while
 * DTS has not answered. How long until another goes on with it. Promised: within 30 s.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { text } from '../playground/workspace/read.ts'
import type { Message } from '../playground/workspace/workspace.ts'
import { CHANNEL, type ChaosWorld, openWorld } from '../test/chaos/world.ts'
import { startBotProcess } from '../test/support/bot-process.ts'

const ROUNDS = 5
const ANN = 'U0ANN'
const BO = 'U0BO'

await using opened = new AsyncDisposableStack()
const world = await openWorld('postgres', opened)
const seconds: number[] = []
for (let round = 1; round <= ROUNDS; round++) {
  seconds.push(await takeover(world, `dts-takeover${round}`))
  console.log(`round ${round}: ${seconds.at(-1)?.toFixed(1)} s`)
}
console.log(
  `taken over after ${Math.min(...seconds).toFixed(1)} to ${Math.max(...seconds).toFixed(1)} s`,
)

async function takeover({ slack, dts, env }: ChaosWorld, job: string): Promise<number> {
  const { people, ws } = slack
  dts.addJob({ id: job, migrateType: 2, durationMs: 3_600_000 })
  await using bots = new AsyncDisposableStack()
  const first = startBotProcess(env)
  await first.up
  await people.command(ANN, CHANNEL, `/dts start ${job}`)
  await slack.waitFor(() => /Why\?/.test(text(ws.topView(ANN)?.view ?? { blocks: [] })), 'the form')
  people.fill(ANN, 'dts_reason', 'to be measured')
  await people.submit(ANN)
  const card = await slack.waitFor(() => cardOf(ws.messages, job), 'the card')

  // Nobody else is there yet, so the first bot holds the start when it is killed.
  dts.fault({ action: 'StartMigrateJob', kind: 'timeoutAfter' })
  await people.click(BO, card, 'dts_approve')
  await slack.waitFor(() => (dts.starts(job) === 1 ? true : undefined), 'the start')
  for (const other of [startBotProcess(env), startBotProcess(env)]) {
    bots.defer(() => void other.kill())
    await other.up
  }
  await first.kill()
  const killed = performance.now()
  while (!/Running/.test(text(cardOf(ws.messages, job) ?? card))) await sleep(50)
  return (performance.now() - killed) / 1_000
}

function cardOf(messages: Message[], job: string): Message | undefined {
  return messages.find((m) => m.channel === CHANNEL && !m.threadTs && text(m).includes(job))
}
