import type { CheckItem } from '../../src/dts/api.ts'
import { type Job, type JobAddress, type JobStatus, STATUSES } from '../../src/dts/job.ts'
import { REGIONS } from '../../src/dts/regions.ts'
import { stageOf } from '../../src/migration/migration.ts'
import { OFFERED } from '../../src/migration/offers.ts'
import { card } from '../../src/views/card.ts'
import type { CompareShown } from '../../src/views/compare.ts'
import type { FormMemory } from '../../src/views/form-memory.ts'
import { noticeMessage, noticeView } from '../../src/views/notice.ts'
import { note } from '../../src/views/notes.ts'
import { operationForm, operationLoading } from '../../src/views/operation-form.ts'
import { refusalLines } from '../../src/views/refusals.ts'
import { rejectForm, rejectLoading } from '../../src/views/reject-form.ts'
import { type Line, bold, code, outside } from '../../src/views/rich.ts'
import { skipForm, skipLoading } from '../../src/views/skip-form.ts'
import { type FormBody, type Obstacle, jobOption, startForm } from '../../src/views/start-form.ts'
import { statusLines } from '../../src/views/status.ts'
import { troubleLines } from '../../src/views/trouble.ts'
import type { Wording } from '../../src/views/wording/wording.ts'
import { everyNews } from './every-news.ts'
import { everyRefusal } from './every-refusal.ts'
import { asking, everyComparison, everyMigration } from './every-state.ts'
import {
  AT,
  CHANNEL,
  REQUESTER,
  type Say,
  bareLook,
  everyTrouble,
  otherSnapshot,
  saidItems,
  saidLook,
  saidSkip,
  saidSnapshot,
} from './said.ts'

type Json = Record<string, unknown>

/** `sent`: what Slack is given, the blocks among it. */
export type Drawn = {
  name: string
  surface: 'message' | 'modal'
  sent: Json & { text?: string; blocks: Json[] }
}

/** Where the card of a migration is linked to. */
export const CARD = 'https://play.slack.example/archives/C0MIGRATE/p1'

/** Everything that the bot says and asks, with texts from outside, as it goes over the wire. */
export function everyView(say: Say, words: Wording): Drawn[] {
  return [...cards(say, words), ...notes(say, words), ...forms(say, words), ...answers(say, words)]
}

function cards(say: Say, words: Wording): Drawn[] {
  return everyMigration(say).map((m) => message(`card, ${stageOf(m)}`, card(m, words)))
}

function notes(say: Say, words: Wording): Drawn[] {
  return everyNews(say).flatMap((said) => {
    const drawn = note(said, words)
    const name = `note of ${said.news} after ${said.event.type}`
    return drawn ? [message(name, drawn)] : []
  })
}

function forms(say: Say, words: Wording): Drawn[] {
  const memory: FormMemory = { channel: CHANNEL, account: 'default', region: 'ap-guangzhou' }
  const chosen: FormMemory = { ...memory, jobId: ADDRESS.id, digest: 'd1' }
  const check = { since: AT, requestId: 'b7a1c3e0-0000-4000-8000-000000000004' }
  const job = everyJob(say)[0]
  const bodies: FormBody[] = [
    { show: 'loading' },
    { show: 'pick' },
    ...everyJob(say).flatMap((ready): FormBody[] => [
      { show: 'ready', job: ready, channel: CHANNEL },
      { show: 'ready', job: ready, channel: CHANNEL, changed: true },
    ]),
    ...everyObstacle(say).flatMap((why): FormBody[] => [
      { show: 'stuck', why, actions: [] },
      {
        show: 'stuck',
        why,
        actions: ['runCheck', 'skipItems', 'lookAgain', 'watchIt'],
        ...(job ? { job } : {}),
      },
      ...(job ? [{ show: 'checking' as const, job, channel: CHANNEL, why }] : []),
    ]),
  ]
  return [
    ...bodies.flatMap((body) =>
      [memory, chosen, { ...chosen, check }].map((remembered) =>
        view(`start form, ${body.show}`, startForm(remembered, body, REGIONS, words)),
      ),
    ),
    ...everyJob(say).flatMap((one) =>
      OFFERED.map((operation) =>
        view(`form to ${operation}`, operationForm(operation, one, REFERENCE, words)),
      ),
    ),
    ...everyCompareInForm(say).flatMap((compared) =>
      everyJob(say)
        .slice(0, 1)
        .map((one) =>
          view('form to cutOver', operationForm('cutOver', one, REFERENCE, words, compared)),
        ),
    ),
    ...OFFERED.map((operation) => view('loading form', operationLoading(operation, words))),
    ...[false, true].flatMap((changed) =>
      everyJob(say).map((one) => {
        const items = [...saidItems(say), ...skippableItems(say)]
        const shown = { job: one, items, person: REQUESTER, changed }
        return view('form to skip', skipForm(chosen, shown, words))
      }),
    ),
    view('form to skip, loading', skipLoading(words)),
    view('reject form', rejectForm(asking(say, 'stop'), 1, words)),
    view('reject form, loading', rejectLoading(words)),
    view('job picker', { ...rejectLoading(words), blocks: [picker(everyJob(say), words)] }),
  ]
}

/** More than fit into one form. */
function skippableItems(say: Say): CheckItem[] {
  return saidSkip(say, 12).items.map(({ id, name, risk }) => ({
    id,
    name,
    outcome: 'failed',
    skippable: true,
    skipRisk: risk,
    skipped: false,
  }))
}

function everyCompareInForm(say: Say): CompareShown[] {
  return [
    ...[undefined, ...everyComparison(say)].map((compare) => ({ compare })),
    ...everyTrouble(say, 'DescribeCompareTasks')
      .slice(0, 1)
      .map((trouble) => ({ trouble })),
  ]
}

/** Job options in a select, so that the same checks apply to them. */
function picker(jobs: Job[], words: Wording): object {
  return {
    type: 'section',
    text: { type: 'plain_text', text: 'Job' },
    accessory: {
      type: 'static_select',
      action_id: 'options',
      options: jobs.map((job, index) =>
        jobOption({ ...job, ref: { ...job.ref, id: `dts-1kl0iy${index}` } }, words),
      ),
    },
  }
}

const REFERENCE = '0f0e0d0c-0b0a-4908-8706-050403020100:1'
const ADDRESS: JobAddress = { account: 'default', region: 'ap-guangzhou', id: 'dts-1kl0iy0v' }
const EVERY_STATUS = Object.keys(STATUSES) as JobStatus[]

/** In every status, with and without progress; as set up in either way. */
function everyJob(say: Say): Job[] {
  const ref = { ...ADDRESS, region: say('ap-guangzhou'), apiVersion: '2018-03-30' } as const
  return EVERY_STATUS.flatMap((status) => [
    { ref, snapshot: saidSnapshot(say), look: saidLook(say, status) },
    { ref, snapshot: otherSnapshot(say), look: bareLook(say, status) },
  ])
}

function everyObstacle(say: Say): Obstacle[] {
  return [
    ...everyRefusal(say).map((refusal): Obstacle => ({ is: 'refused', refusal })),
    { is: 'notFound', address: { ...ADDRESS, region: say('ap-guangzhou') } },
    ...everyJob(say).flatMap(({ look }): Obstacle[] => [
      { is: 'status', look },
      { is: 'status', look, check: { state: 'running', percent: 40 } },
      { is: 'status', look, check: { state: 'notPassed', message: say('No binlog') } },
    ]),
    ...everyTrouble(say, 'DescribeMigrateJobs').map((trouble): Obstacle => {
      return { is: 'trouble', trouble }
    }),
    ...everyTrouble(say, 'DescribeMigrateCheckJob')
      .slice(0, 1)
      .map((unread): Obstacle => {
        return { is: 'status', look: saidLook(say, 'checkNotPass'), unread }
      }),
  ]
}

function answers(say: Say, words: Wording): Drawn[] {
  const address = { ...ADDRESS, region: say('ap-guangzhou') }
  const ours = everyMigration(say).map((migration) => ({ migration, link: CARD }))
  const job = everyJob(say)[0]
  const said: Line[][] = [
    ...everyRefusal(say).map((refusal) => refusalLines(refusal, words)),
    ...everyTrouble(say).map((trouble) => troubleLines(trouble, words, REQUESTER)),
    ...ours.map((one) => statusLines({ address, job, ours: one }, words)),
    ...everyJob(say).map((shown) => statusLines({ address, job: shown, ours: undefined }, words)),
    statusLines({ address, job: undefined, ours: undefined }, words),
    words.incident(say('1f2e3d4c')),
    words.slow(),
    [[bold(say('name')), code(say('incident')), outside(say('words'))]],
    words.help(),
  ]
  return said.flatMap((lines) => [
    message('answer', noticeMessage(lines)),
    view('notice', noticeView(lines, words)),
  ])
}

function message(name: string, drawn: { text: string; blocks: object[] }): Drawn {
  return { name, surface: 'message', sent: onTheWire(drawn) }
}

function view(name: string, drawn: { title: object; blocks: object[] }): Drawn {
  const title = JSON.stringify(drawn.title)
  return { name: `${name} ${title}`, surface: 'modal', sent: onTheWire(drawn) }
}

function onTheWire(drawn: object): Json & { blocks: Json[] } {
  return JSON.parse(JSON.stringify(drawn)) as Json & { blocks: Json[] }
}
