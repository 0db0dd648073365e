import { REGIONS } from '../../src/dts/regions.ts'
import { card } from '../../src/views/card.ts'
import { LIMITS } from '../../src/views/limits.ts'
import { noticeMessage, noticeView } from '../../src/views/notice.ts'
import { note } from '../../src/views/notes.ts'
import { refused } from '../../src/views/refusals.ts'
import { rejectForm } from '../../src/views/reject-form.ts'
import { type Line, bold, code, outside } from '../../src/views/rich.ts'
import { type FormBody, startForm } from '../../src/views/start-form.ts'
import { jobStatus } from '../../src/views/status.ts'
import { troubleLines } from '../../src/views/trouble.ts'
import { help } from '../../src/views/wording.en.ts'
import {
  APPROVERS,
  CHANNEL,
  REQUESTER,
  type Say,
  everyHappening,
  everyMigration,
  everyRefusal,
  everyState,
  saidJob,
  saidSeen,
  saidTroubles,
} from './every-state.ts'

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
export function everyView(say: Say): Drawn[] {
  return [...cards(say), ...notes(say), ...forms(say), ...answers(say)]
}

function cards(say: Say): Drawn[] {
  return everyMigration(say).map((m) => message(`card, ${m.state.at}`, card(m, APPROVERS)))
}

function notes(say: Say): Drawn[] {
  const [m] = everyMigration(say)
  if (!m) return []
  const states = everyState(say)
  const oneOfEach = new Map(states.map((state) => [state.at, state])).values().toArray()
  const told = [
    ...everyHappening(say).flatMap((h) => oneOfEach.map((after) => ({ h, after }))),
    ...states.map((after) => ({ h: { type: 'missing', at: '' } as const, after })),
  ]
  return told.flatMap(({ h, after }) => {
    const drawn = note(m, h, after, APPROVERS)
    return drawn ? [message(`note of ${h.type}, then ${after.at}`, drawn)] : []
  })
}

function forms(say: Say): Drawn[] {
  const memory = { channel: CHANNEL, region: 'ap-guangzhou', jobId: undefined, digest: 'd1' }
  const job = saidJob(say)
  const actions = ['runCheck', 'lookAgain'] as const
  const says: Line[] = [['The check says: ', outside(say('not passed'), LIMITS.errorText)]]
  const bodies: FormBody[] = [
    { show: 'loading' },
    { show: 'pick' },
    { show: 'ready', job, channel: CHANNEL },
    { show: 'ready', job, channel: CHANNEL, note: [outside(say('It changed.'))] },
    { show: 'stuck', job, says, actions: [...actions] },
    { show: 'stuck', job: undefined, says, actions: [] },
    ...saidTroubles(say).map((trouble): FormBody => {
      return { show: 'stuck', job, says: troubleLines(trouble, undefined), actions: ['lookAgain'] }
    }),
  ]
  return [
    ...bodies.map((body) =>
      view(`start form, ${body.show}`, startForm({ ...memory, jobId: job.id }, body, REGIONS)),
    ),
    view('reject form', rejectForm('0f0e0d0c-0b0a-4908-8706-050403020100:1')),
  ]
}

function answers(say: Say): Drawn[] {
  const job = { facts: saidJob(say), seen: saidSeen(say) }
  const ours = everyMigration(say).map((migration) => ({ migration, link: CARD }))
  const id = job.facts.id
  const said: Line[][] = [
    ...everyRefusal(say).map((refusal) => refused(refusal, APPROVERS)),
    ...saidTroubles(say).map((trouble) => troubleLines(trouble, REQUESTER)),
    ...ours.map((one) => jobStatus(id, say('ap-guangzhou'), job, one, APPROVERS)),
    jobStatus(id, say('ap-guangzhou'), undefined, undefined, APPROVERS),
    [[bold(say('name')), code(say('incident')), outside(say('words'))]],
    help,
  ]
  return said.flatMap((lines) => [
    message('answer', noticeMessage('A message from the DTS bot', lines)),
    view('notice', noticeView(lines)),
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
