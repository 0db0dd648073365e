/**
 * The watcher of `bench/watch.ts`, with the real store and the real client, and without Slack. Says
 * over IPC which looks it saved, and when; and, asked for it, what it has used so far.
 */
import { pino } from 'pino'
import { RULES } from '../src/bot.ts'
import { systemClock } from '../src/clock.ts'
import { createDts } from '../src/dts/client.ts'
import { fromValues } from '../src/dts/credentials.ts'
import { openStore } from '../src/store/store.ts'
import type { Context, Dispatch } from '../src/workflow/context.ts'
import { createDispatch } from '../src/workflow/dispatch.ts'
import { createWatch } from '../src/workflow/watch.ts'

export type Saved = { id: string; status: string; at: number }
export type Used = { cpu: number; rss: number }
export type Heard = { saved: Saved } | { used: Used }

const [dataDir = '', endpoint = ''] = process.argv.slice(2)
const log = pino({ level: 'warn' }, pino.destination(2))
const store = await openStore({ databaseUrl: undefined, dataDir, log })
const dts = createDts({
  endpoint,
  versions: ['2021-12-06'],
  credentials: fromValues({
    secretId: 'AKIDEXAMPLE',
    secretKey: 'not-a-real-key',
    token: undefined,
  }),
  digestKey: 'not-a-real-key',
})
const context = {
  store,
  dts,
  clock: systemClock,
  log,
  rules: RULES,
  requestLasts: 3_600_000,
  // The least that can be configured: what is measured is how fast lists are read.
  watchEvery: 100,
} as Context
const plain = createDispatch(context)
const dispatch: Dispatch = async (id, event, fresh) => {
  const to = await plain(id, event, fresh)
  if (to && event.type === 'observed') {
    say({ saved: { id: to.job.id, status: event.look.status, at: Date.now() } })
  }
  return to
}
// An idle bot has spoken with DTS before.
await dts.describeJobs({ account: 'default', region: 'ap-guangzhou' }, '2021-12-06', {
  offset: 0,
  limit: 100,
})
const nothing = async (): Promise<void> => {}
await store.work({
  watch: createWatch(context, dispatch),
  publish: nothing,
  send: nothing,
  expire: nothing,
  compare: nothing,
})
await store.transact((tx) => tx.send({ queue: 'watch', key: 'all' }))
console.log('http://watches')
process.on('disconnect', () => process.exit())
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  say({ used: { cpu: (user + system) / 1_000, rss: process.memoryUsage.rss() } })
})

function say(heard: Heard): void {
  process.send?.(heard)
}
