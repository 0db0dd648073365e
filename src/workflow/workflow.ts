import { randomUUID } from 'node:crypto'
import type { JobFacts } from '../job-facts.ts'
import type { Migration } from '../migration.ts'
import { next } from '../next.ts'
import { Refused } from '../refusal.ts'
import type { Handlers, Row } from '../store/store.ts'
import { show } from './show.ts'
import { start } from './start.ts'
import { watch } from './watch.ts'
import type { Tell, World } from './world.ts'

export type Request = {
  job: JobFacts
  requester: string
  channel: string
  reason: string
  /** Names the form that it came from: the same form asked twice is one ask. */
  askKey: string
}

/** Everything that moves a migration goes through `tell`; `ask` is how one begins. */
export type Workflow = {
  ask(request: Request): Promise<void>
  tell: Tell
}

export function createWorkflow(world: World): Workflow {
  const { store, rules, pass } = world
  return {
    ask: (request) => ask(world, request),
    tell: async (id, happening) => {
      const told = await store.transact(async (tx) => {
        const row = await tx.lock(id)
        if (!row) throw new Refused({ no: 'unknownMigration' })
        const now = new Date()
        const at = now.toISOString()
        const result = next(row.migration, happening, at, rules)
        if (result === 'ignored') return undefined
        if ('refusal' in result) throw new Refused(result.refusal)

        await tx.save(result.to, at)
        if (!result.quiet) await tx.append(id, at, happening, result.to.state)
        for (const todo of result.todo) {
          switch (todo.queue) {
            case 'watch':
              await tx.send({ queue: 'watch', key: 'all' })
              break
            case 'start':
              await tx.send({
                queue: 'start',
                key: id,
                at: new Date(now.getTime() + (todo.delay ?? 0)),
              })
              break
            case 'expire':
              await tx.send(expiry(result.to))
          }
        }
        await tx.send({ queue: 'show', key: id })
        pass('undecided', happening.type)
        return result.to
      })
      if (told) pass('decided', happening.type)
      return told
    },
  }
}

/** One handler for each queue. Each may run twice, so each looks before it acts. */
export function handlers(world: World, { tell }: Workflow): Handlers {
  return {
    show: (id) => show(world, tell, id),
    start: (id) => start(world, tell, id),
    watch: () => watch(world, tell),
    expire: async (key) => {
      const [id = '', ask] = key.split(':')
      await tell(id, { type: 'expired', ask: Number(ask) })
    },
  }
}

async function ask({ store, askLasts, pass }: World, request: Request): Promise<void> {
  const now = Date.now()
  const m: Migration = {
    id: randomUUID(),
    requester: request.requester,
    channel: request.channel,
    reason: request.reason,
    job: request.job,
    ask: { number: 1, expiresAt: new Date(now + askLasts).toISOString(), changes: [] },
    state: { at: 'asking' },
  }
  await store.transact(async (tx) => {
    const result = await tx.insert(m, request.askKey, new Date(now).toISOString())
    if ('same' in result) return
    if ('heldBy' in result) throw taken(result.heldBy)
    await tx.send(expiry(m))
    await tx.send({ queue: 'show', key: m.id })
    pass('undecided', 'ask')
  })
  pass('decided', 'ask')
}

function expiry({ id, ask: { number, expiresAt } }: Migration) {
  return { queue: 'expire' as const, key: `${id}:${number}`, at: new Date(expiresAt) }
}

export function taken({ migration: { requester, channel } }: Row): Refused {
  return new Refused({ no: 'taken', requester, channel })
}
