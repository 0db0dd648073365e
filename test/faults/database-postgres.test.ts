import { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { administer } from '../support/postgres.ts'
import { BO, type Town, startTown, startsSent } from '../support/town.ts'

/* PostgreSQL refuses, or is busy. That it goes away: database-restart.test.ts. */

const JOB = 'dts-1kl0iy0v'
const WAY = { mode: 'socket', engine: 'postgres' } as const

type Refusal = { code: string; message: string; times?: number; at?: string }

const FULL = { code: '53100', message: 'could not extend file: No space left on device' }

/** Makes changes of migrations (`at`: those in this state) fail as the server itself would. */
async function refuse(url: string, { code, message, times = 1_000, at }: Refusal): Promise<void> {
  const which = at ? `when (old.body::json->'state'->>'at' = '${at}')` : ''
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
    `create trigger refuse before update on migrations for each row ${which}
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

function approvals({ slack }: Town): number {
  return slack.ws.messages.filter((m) => m.threadTs && /Approved by/.test(text(m))).length
}

test('a full disk: the person is told, and presses again once there is room', async () => {
  const town = await startTown(WAY)
  const url = town.env['DATABASE_URL'] ?? ''
  town.dts.addJob({ id: JOB })
  const card = await town.ask(JOB)
  await refuse(url, FULL)
  expect((await town.slack.people.click(BO, card, 'dts_approve')).ok).toBe(true)
  await town.privately(BO, /That did not work, and it is not your fault/)
  expect(town.logs.some((line) => /No space left on device/.test(line))).toBe(true)
  expect(text(town.card())).toMatch(/Waiting for approval/)

  await administer(url, 'drop trigger refuse on migrations')
  await town.slack.people.click(BO, card, 'dts_approve')
  await town.threadSays(/DTS accepted the start/)
  expect([startsSent(town.dts, JOB), approvals(town)]).toEqual([1, 1])
})

test('a disk that is full as DTS answers a start: it is sent once, and found out', async () => {
  const town = await startTown(WAY)
  const url = town.env['DATABASE_URL'] ?? ''
  town.dts.addJob({ id: JOB, migrateType: 2, durationMs: 60_000 })
  await refuse(url, { ...FULL, at: 'starting' })
  await town.approve(JOB)
  const failed = () => town.logs.filter((line) => /No space left on device/.test(line)).length
  await town.slack.waitFor(() => failed() >= 2, 'the answer not to be written, twice')
  expect(startsSent(town.dts, JOB)).toBe(1)

  await administer(url, 'drop trigger refuse on migrations')
  await town.threadSays(/Outcome unknown[\s\S]*could not write it down/)
  await town.threadSays(/It did start/)
  town.dts.skip(200_000)
  await town.cardSays(/✅ Done/)
  expect([startsSent(town.dts, JOB), approvals(town)]).toEqual([1, 1])
})

test('serialization failures and deadlocks: nobody notices', async () => {
  for (const code of ['40001', '40P01']) {
    const town = await startTown(WAY)
    town.dts.addJob({ id: JOB })
    const card = await town.ask(JOB)
    await refuse(town.env['DATABASE_URL'] ?? '', { code, message: 'try again', times: 3 })
    await town.slack.people.click(BO, card, 'dts_approve')
    await town.threadSays(/DTS accepted the start/)
    expect([startsSent(town.dts, JOB), approvals(town)]).toEqual([1, 1])
    expect(town.slack.ws.ephemerals).toEqual([])
  }
})

test('every connection is taken: who clicks waits, and is answered', async () => {
  const town = await startTown(WAY)
  const url = town.env['DATABASE_URL'] ?? ''
  town.dts.addJob({ id: JOB })
  const card = { ...(await town.ask(JOB)) }
  await town.slack.waitFor(() => text(town.card()).includes('[Approve]'), 'the card')
  const [hog, onlooker] = [await connected(url), await connected(url)]
  await hog.query('begin')
  await hog.query('select * from migrations for update')
  const clicks = Promise.all(
    Array.from({ length: 14 }, () => town.slack.people.click(BO, card, 'dts_approve', true)),
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
  await town.threadSays(/DTS accepted the start/)
  expect([startsSent(town.dts, JOB), approvals(town)]).toEqual([1, 1])
  await town.slack.waitFor(() => town.slack.ws.ephemerals.length === 13, 'everybody to be told')
  for (const told of town.slack.ws.ephemerals) expect(text(told)).toMatch(/Too late/)
})
