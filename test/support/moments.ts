import { AsyncLocalStorage } from 'node:async_hooks'
import type { Handlers, QueueName, Store } from '../../src/store/store.ts'
import type { Context } from '../../src/workflow/context.ts'

/** The moments at which a crash would hurt most, by name. */
export const MOMENTS = [
  /** Something was decided, in a transaction that is still open. */
  'undecided',
  /** The transaction is committed; nobody outside knows yet. */
  'decided',
  /** The job was looked at before an order was sent. */
  'looked',
  /** The attempt is on disk, the call not yet sent. */
  'attempted',
  /** DTS answered the call; the answer is not on disk. */
  'answered',
  /** About to post: the card, or a message of the thread. */
  'unposted',
  /** Slack has it; the bot does not remember yet. */
  'posted',
  /** About to edit the card. */
  'undrawn',
  /** Slack shows the card; the bot does not remember yet. */
  'drawn',
  /** The watcher has looked, and nothing was decided yet. */
  'watched',
] as const

export type Moment = (typeof MOMENTS)[number]

/** `what` tells moments of one name apart: `card`, or the type of an event. */
export type Pass = (moment: Moment, what?: string) => void

/** The parts of a bot, decorated so that `pass` is called at every moment. */
export function passing(pass: Pass): (context: Context) => Context {
  const queue = new AsyncLocalStorage<QueueName>()
  const said = new Map<string, string>()
  return (context) => ({
    ...context,
    store: inStore(context.store, pass, queue, said),
    dts: inDts(context.dts, pass, queue),
    slack: { ...context.slack, client: inSlack(context.slack.client, pass, said) },
  })
}

function inStore(
  store: Store,
  pass: Pass,
  queue: AsyncLocalStorage<QueueName>,
  said: Map<string, string>,
): Store {
  return {
    ...store,
    async transact(work) {
      let what: string | undefined
      const result = await store.transact(async (tx) => {
        const done = await work({
          ...tx,
          append: (after, at, event, news) => {
            what = event.type
            return tx.append(after, at, event, news)
          },
        })
        if (what) pass('undecided', what)
        return done
      })
      if (what) pass('decided', what)
      return result
    },
    async undelivered(id) {
      const entries = await store.undelivered(id)
      for (const { seq, event } of entries) said.set(`${id}:${seq}`, event.type)
      return entries
    },
    work(handlers) {
      const known = Object.entries(handlers) as [QueueName, Handlers[QueueName]][]
      const named = known.map(([name, handle]) => [
        name,
        (key: string) => queue.run(name, () => handle(key)),
      ])
      return store.work(Object.fromEntries(named) as Handlers)
    },
  }
}

function inDts(
  dts: Context['dts'],
  pass: Pass,
  queue: AsyncLocalStorage<QueueName>,
): Context['dts'] {
  const looked = (): void => {
    if (queue.getStore() === 'send') pass('looked')
    if (queue.getStore() === 'watch') pass('watched')
  }
  const called = async <T>(call: () => Promise<T>): Promise<T> => {
    pass('attempted')
    try {
      return await call()
    } finally {
      pass('answered')
    }
  }
  return {
    ...dts,
    async describeJob(...args) {
      const job = await dts.describeJob(...args)
      looked()
      return job
    },
    startJob: (...args) => called(() => dts.startJob(...args)),
    completeJob: (...args) => called(() => dts.completeJob(...args)),
    stopJob: (...args) => called(() => dts.stopJob(...args)),
    skipCheckItems: (...args) => called(() => dts.skipCheckItems(...args)),
    pauseJob: (...args) => called(() => dts.pauseJob(...args)),
    continueJob: (...args) => called(() => dts.continueJob(...args)),
    resumeJob: (...args) => called(() => dts.resumeJob(...args)),
  }
}

type Client = Context['slack']['client']

function inSlack(client: Client, pass: Pass, said: Map<string, string>): Client {
  const chat: Client['chat'] = {
    ...client.chat,
    async postMessage(...args: Parameters<Client['chat']['postMessage']>) {
      const what = nameOf(args[0], said)
      if (what) pass('unposted', what)
      const answer = await client.chat.postMessage(...args)
      if (what) pass('posted', what)
      return answer
    },
    async update(...args: Parameters<Client['chat']['update']>) {
      pass('undrawn')
      const answer = await client.chat.update(...args)
      pass('drawn')
      return answer
    },
  }
  return Object.create(client, { chat: { value: chat } }) as Client
}

function nameOf(args: unknown, said: Map<string, string>): string | undefined {
  const { metadata } = args as { metadata?: { event_payload?: { key?: string } } }
  const key = metadata?.event_payload?.key
  if (!key) return undefined
  return key.includes(':card:') ? 'card' : said.get(key)
}
