import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import type { Json } from '../../playground/workspace/workspace.ts'
import type { Job, Look } from '../../src/dts/job.ts'
import { actionsOf } from '../../src/migration/actions.ts'
import type { Event } from '../../src/migration/event.ts'
import { card } from '../../src/views/card.ts'
import { ids, requestRef } from '../../src/views/ids.ts'
import { noticeMessage } from '../../src/views/notice.ts'
import { note } from '../../src/views/notes.ts'
import type { Refusal } from '../../src/migration/refusal.ts'
import { refusalLines } from '../../src/views/refusals.ts'
import type { Line } from '../../src/views/rich.ts'
import { statusLines } from '../../src/views/status.ts'
import { troubleLines } from '../../src/views/trouble.ts'
import { en } from '../../src/views/wording/en.ts'
import { asking, everyMigration, ordered, saidMigration, unknown } from '../support/every-state.ts'
import {
  APPROVER,
  AT,
  REQUESTER,
  bareLook,
  everyTrouble,
  otherSnapshot,
  saidLook,
} from '../support/said.ts'
import { LOOK, SNAPSHOT, WATCH, sampleMigration } from '../support/sample-migration.ts'

const say = (what: string): string => what
const address = { account: 'default', region: 'ap-guangzhou', id: 'dts-1kl0iy0v' }

test('a cutover request keeps the state of the running job on the card', () => {
  const shown = read(card(asking(say, 'cutOver'), en))
  expect(shown).toContain('Waiting for approval to cut over')
  expect(shown).toContain('The job is ready to cut over, 43 %, 12 s behind')
  expect(shown).toContain('⚠ Ends replication')
  expect(shown).not.toContain('Overwrites')
})

test('people who decide see from where to where, and the first databases', () => {
  const selected = asking(say, 'start')
  const shown = read(card({ ...selected, snapshot: otherSnapshot(say) }, en))
  expect(shown).toContain('From 10.0.0.2:6379 (redis, extranet)')
  expect(shown).toContain('To an unnamed instance (redis, cvm, ap-guangzhou)')
  const names = 'orders, users, stock, prices, mail, …'
  expect(shown).toContain(`7 databases (12 named tables): ${names}`)
  expect(read(card(selected, en))).toContain('⚠ Migrates the whole instance')
  expect(read(card(asking(say, 'stop'), en))).toContain('Objects: the whole instance')
})

test('an outdated approval mentions the approvers, who have to decide again', () => {
  const after = asking(say, 'start', { number: 2 })
  const event: Event = { type: 'outdated', request: 1, expiresAt: AT }
  const said = note({ news: 'outdated', event, after }, en)
  expect(said?.broadcast).toBe(true)
  expect(read(said)).toContain('The approval is too old to act on.')
  expect(read(said)).toMatch(/@U0BO, @U0CHEN, @S0ONCALL: decide again/)
})

test('the card of a timed job whose start was lost says when its status will tell', () => {
  const blind = { since: AT, until: '2029-01-02T00:02:00.000Z' }
  const shown = read(card(unknown(say, 'start', { blind }), en))
  expect(shown).toContain("its status can't tell before 2029-01-02 00:02 UTC.")
  expect(shown).toContain('[It started] [It did not start]')
})

test('an order that was held up for too long says that nothing was sent', () => {
  const trouble = { kind: 'tooLate', action: 'StartMigrateJob', traceId: 'trace-1' } as const
  expect(read(noticeMessage(troubleLines(trouble, en)))).toContain('so I sent nothing')
})

test('a guest reads who can decide, or whom to ask', () => {
  const answer = (refusal: Refusal): string => read(noticeMessage(refusalLines(refusal, en)))
  expect(answer({ no: 'guest', approvers: ['U0BO'] })).toMatch(/decide on migrations. @U0BO can/)
  expect(answer({ no: 'guest' })).toContain('Ask a full member of this workspace.')
})

test('a stop request warns about the effects of a stop', () => {
  const shown = read(card(asking(say, 'stop'), en))
  expect(shown).toContain('⚠ A stopped job cannot be resumed.')
  expect(shown).toContain('@U0ANN asks to stop orders-to-cynosdb')
})

test('a card has exactly the buttons that are open, none for what is only typed', () => {
  for (const m of everyMigration(say)) {
    const drawn = card(m, en).blocks.flatMap((block) =>
      block.type === 'actions' ? block.elements : [],
    )
    expect(drawn).toMatchObject(
      actionsOf(m)
        .filter((action) => !('typed' in action))
        .map((action) => ({
          action_id: ids[action.do],
          value: requestRef(m.id, action.request),
        })),
    )
  }
})

test('the card lists at most two changes, the thread lists all', () => {
  const m = asking(say, 'start', { number: 2, changedFrom: otherSnapshot(say) })
  const expiresAt = AT
  const event: Event = { type: 'changed', request: 1, snapshot: m.snapshot, expiresAt }
  const shown = read(card(m, en))
  expect(shown).toContain('Changed: name orders-2 → orders-to-cynosdb')
  expect(shown).toContain('Changed too: source, target')
  const said = read(note({ news: 'changed', event, after: m }, en))
  expect(said.match(/^Changed: /gm)).toHaveLength(9)
})

test('the first request has no note, a later one mentions the approvers', () => {
  const first = sampleMigration()
  const later = asking(say, 'cutOver', { number: 2 })
  const event: Event = {
    type: 'requested',
    operation: 'cutOver',
    requester: REQUESTER,
    reason: 'now',
    rule: { approvers: [APPROVER], approvals: 1 },
    expiresAt: AT,
  }
  expect(note({ news: 'requested', event, after: first }, en)).toBeUndefined()
  const said = note({ news: 'requested', event, after: later }, en)
  expect(said?.broadcast).toBe(true)
  expect(read(said)).toMatch(/@U0BO, @U0CHEN, @S0ONCALL: decide on the card above/)
})

test('the note about a denied cutover gives the reason and says that the watch continues', () => {
  const m = ordered(say, 'cutOver', { at: 'approved' })
  const [trouble = { kind: 'interrupted' }] = everyTrouble(say, 'CompleteMigrateJob')
  const after = { ...m, order: undefined }
  const said = note({ news: 'failed', event: { type: 'denied', request: 1, trouble }, after }, en)
  expect(said?.broadcast).toBe(true)
  expect(read(said)).toContain('@U0ANN, your request to cut over: Not cut over')
  expect(read(said)).toContain('UnauthorizedOperation.NotEnoughPrivileges')
  expect(read(said)).toContain('I keep watching the job.')
})

test('an accepted cutover stays on the card until the status of the job shows it', () => {
  const accepted = { operation: 'cutOver', since: AT } as const
  const watch = { since: AT, accepted, look: saidLook(say, 'readyComplete') }
  expect(read(card(saidMigration(say, { watch }), en))).toContain('Cutover accepted')
  const look = saidLook(say, 'completing')
  const shown = read(card(saidMigration(say, { watch: { ...watch, look } }), en))
  expect(shown).toContain('Cutting over')
  expect(shown).toContain('I will say when it is done.')
})

test.each([
  [0, 'In sync, 0 s behind.'],
  [12, 'Not in sync yet, 12 s behind.'],
  [undefined, 'Lag: not reported.'],
])('a ready job with a lag of %s s shows "%s"', (secondsBehind, expected) => {
  const look: Look = { ...LOOK, status: 'readyComplete', secondsBehind, megabytesBehind: undefined }
  const shown = read(card(sampleMigration({ request: undefined, watch: { ...WATCH, look } }), en))
  expect(shown).toContain(`${expected} It keeps replicating, and costing, until someone cuts over.`)
})

test('elapsed time counts from the start of a job that ran before the watch', () => {
  const look: Look = { ...LOOK, at: '2029-01-01T03:00:00.000Z', startedAt: AT }
  const watch = { since: '2029-01-01T02:00:00.000Z', look }
  expect(read(card(sampleMigration({ request: undefined, watch }), en))).toContain(
    '3 h 0 min so far',
  )
})

test('the status of an unchecked job shows no progress figures', () => {
  const look: Look = { ...LOOK, status: 'created', stepNow: 0, stepAll: 0, stepName: '' }
  expect(status({ look })).toBe(
    [
      'orders',
      'Not checked yet.',
      'dts-1kl0iy0v',
      'From ins-1 (mysql, cvm, ap-beijing)',
      'To cdb-1 (mysql, cdb, ap-guangzhou)',
      'Objects: selected ones. See the list in the console.',
      'Runs at once: structure and data.',
    ].join('\n'),
  )
})

test('the status of a job without a request says so', () => {
  expect(status({ look: bareLook(say, 'checkPass') })).toContain('orders has passed its check.')
  expect(status({ look: bareLook(say, 'checkPass') })).toContain('Nobody has asked me to start it.')
})

test('settings that DTS omits show as "not reported"', () => {
  const snapshot = { ...SNAPSHOT, runMode: 'unknown', migrateType: 'unknown' } as const
  expect(status({ snapshot })).toContain('Run mode: not reported. Migrates: not reported.')
})

test.each([
  ['paused', 'orders is paused.'],
  ['resumableError', 'orders has hit an error and can be retried.'],
  ['error', 'orders has stopped on an error.'],
  ['canceled', 'orders was stopped.'],
] as const)('a job that is %s is described as such', (is, sentence) => {
  expect(status({ look: bareLook(say, is) })).toContain(sentence)
})

test('a retired version of the API is named, with what to set', () => {
  const said = { action: 'StartMigrateJob', code: 'ActionOffline', requestId: 'r', traceId: 't' }
  const lines = (retired?: '2018-03-30' | '2021-12-06') =>
    read(noticeMessage(troubleLines({ kind: 'error', ...said, retired }, en)))
  expect(lines('2018-03-30')).toContain(
    'Tencent Cloud no longer offers StartMigrateJob in API version 2018-03-30. ActionOffline',
  )
  expect(lines('2018-03-30')).toContain(
    "An operator's turn: Set DTS_API_VERSION to auto or 2021-12-06 and restart the bot.",
  )
  expect(lines('2021-12-06')).toContain('auto or 2018-03-30')
  expect(lines()).toContain('Tencent Cloud has retired this API.')
})

test('an expired request says what was not done, and how to ask again for that', () => {
  const said = (operation: 'start' | 'cutOver') =>
    read(noticeMessage(refusalLines({ no: 'requestExpired', operation, jobId: address.id }, en)))
  expect(said('start')).toContain('Nothing was started.\nAsk again with /dts start dts-1kl0iy0v')
  expect(said('cutOver')).toContain('Nothing was cut over.\nIf it is still wanted, ask again.')
})

function status(change: Partial<Job>): string {
  const job: Job = {
    ref: { ...address, apiVersion: '2018-03-30' },
    snapshot: SNAPSHOT,
    look: LOOK,
    ...change,
  }
  const lines: Line[] = statusLines({ address, job, ours: undefined }, en)
  return read(noticeMessage(lines))
}

function read(drawn: { blocks: object[] } | undefined): string {
  return text({ blocks: JSON.parse(JSON.stringify(drawn?.blocks ?? [])) as Json[] })
}
