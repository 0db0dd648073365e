import { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { administer } from '../support/postgres.ts'
import { BO, type World, startWorld, startsSent } from '../support/world.ts'

/* PostgreSQL refuses to write, or is busy. Restarts of the server: database-restart.test.ts. */

const JOB = 'dts-1kl0iy0v'
const WAY = { mode: 'socket', engine: 'postgres' } as const

type Refusal = { code: string; message: string; times?: number; at?: string }

const FULL = { code: '53100', message: 'could not extend file: No space left on device' }

/** Makes updates of migrations (`at`: of those whose order is there) fail as the server would. */
async function refuse(url: string, { code, message, times = 1_000, at }: Refusal): Promise<void> {
  const which = at ? `when (old.body::json->'order'->'state'->>'at' = '${at}')` : ''
  await administer(url, 'create sequence refused')
  await administer(
    url,
    `create function refuse() returns trigger language plpgsql as $$ begin
       if nextval('refused') <= ${times} then
         raise exception using errcode = '${code}', message = '${message}';
       end if;
       return new;
     end $$`,
  )
  await administer(
    url,
    `create trigger refuse before update on dts.migrations for each row ${which}
     execute function refuse()`,
  )
}

async function connected(url: string): Promise<Client> {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  onTestFinished(() => client.end())
  await client.connect()
  return client
}

const PATIENT = { timeout: 15_000 }

function approvals({ slack }: World): number {
  return slack.ws.messages.filter((m) => m.threadTs && /Approved by/.test(text(m))).length
}

test('a full disk: the person gets an incident id, and presses again once there is room', async () => {
  const world = await startWorld(WAY)
  const url = world.env['DATABASE_URL'] ?? ''
  world.dts.addJob({ id: JOB })
  const card = await world.ask(JOB)
  await refuse(url, FULL)
  expect((await world.slack.people.click(BO, card, 'dts_approve')).ok).toBe(true)
  await world.privately(BO, /That did not work, and it is not your fault/)
  expect(world.logs.some((line) => /No space left on device/.test(line))).toBe(true)
  expect(text(world.card())).toMatch(/Waiting for approval/)

  await administer(url, 'drop trigger refuse on dts.migrations')
  await world.slack.people.click(BO, card, 'dts_approve')
  await world.threadSays(/DTS accepted the start/)
  expect([startsSent(world.dts, JOB), approvals(world)]).toEqual([1, 1])
})

test('the disk fills up before the answer of DTS is saved: one start, and its outcome is found out', async () => {
  const world = await startWorld(WAY)
  const url = world.env['DATABASE_URL'] ?? ''
  world.dts.addJob({ id: JOB, migrateType: 2, durationMs: 60_000 })
  await refuse(url, { ...FULL, at: 'sending' })
  await world.approve(JOB)
  const failed = () => world.logs.filter((line) => /No space left on device/.test(line)).length
  await expect.poll(failed).toBeGreaterThanOrEqual(2)
  expect(startsSent(world.dts, JOB)).toBe(1)

  await administer(url, 'drop trigger refuse on dts.migrations')
  await world.threadSays(/Outcome unknown[\s\S]*could not save it/)
  await world.threadSays(/It did start/)
  world.dts.skip(200_000)
  await world.cardSays(/✅ Done/)
  expect([startsSent(world.dts, JOB), approvals(world)]).toEqual([1, 1])
})

test('transactions that fail to serialize or deadlock are tried again, and nobody notices', async () => {
  for (const code of ['40001', '40P01']) {
    const world = await startWorld(WAY)
    world.dts.addJob({ id: JOB })
    const card = await world.ask(JOB)
    await refuse(world.env['DATABASE_URL'] ?? '', { code, message: 'try again', times: 3 })
    await world.slack.people.click(BO, card, 'dts_approve')
    await world.threadSays(/DTS accepted the start/)
    expect([startsSent(world.dts, JOB), approvals(world)]).toEqual([1, 1])
    expect(world.slack.ws.ephemerals).toEqual([])
  }
})

test('every connection is in use: those who click wait for their answer', async () => {
  const world = await startWorld(WAY)
  const url = world.env['DATABASE_URL'] ?? ''
  world.dts.addJob({ id: JOB })
  const card = { ...(await world.ask(JOB)) }
  await world.slack.waitFor(() => text(world.card()).includes('[Approve]'), 'the card')
  const [hog, onlooker] = [await connected(url), await connected(url)]
  await hog.query('begin')
  await hog.query('select * from dts.migrations for update')
  const clicks = Promise.all(
    Array.from({ length: 14 }, () => world.slack.people.click(BO, card, 'dts_approve', true)),
  )
  await expect
    .poll(async () => {
      const { rows } = await onlooker.query(
        `select count(*)::int as waiting from pg_stat_activity
         where application_name = 'dts-bot' and wait_event_type = 'Lock'`,
      )
      return rows[0]
    }, PATIENT)
    .toEqual({ waiting: 10 })
  await hog.query('rollback')
  expect((await clicks).every(({ ok }) => ok)).toBe(true)
  await world.threadSays(/DTS accepted the start/)
  expect([startsSent(world.dts, JOB), approvals(world)]).toEqual([1, 1])
  // Whoever waits for long hears that it takes long, and then the answer all the same.
  const said = () => world.slack.ws.ephemerals.map((one) => text(one))
  const answers = () => said().filter((one) => !SLOW.test(one))
  await world.slack.waitFor(() => answers().length === 13, 'an answer to everybody')
  for (const answer of answers()) expect(answer).toMatch(/You approved this \d{4}-.* UTC\./)
})

test('a click that a slow database holds up: people hear so before Slack gives it up', async () => {
  const patience = { patienceMs: 3_000, waitMs: 15_000 }
  const world = await startWorld(WAY, { patience })
  world.dts.addJob({ id: JOB })
  const card = { ...(await world.ask(JOB)) }
  await world.slack.waitFor(() => text(world.card()).includes('[Approve]'), 'the card')
  const hog = await connected(world.env['DATABASE_URL'] ?? '')
  await hog.query('begin')
  await hog.query('select * from dts.migrations for update')
  const click = world.bo.tries.approves(card)
  await world.bo.isTold(SLOW)
  expect((await click).ok).toBe(false)
  await hog.query('rollback')
  await world.threadSays(/DTS accepted the start/)
  expect([startsSent(world.dts, JOB), approvals(world)]).toEqual([1, 1])
})

const SLOW = /This is taking longer than it should[\s\S]*press again/
