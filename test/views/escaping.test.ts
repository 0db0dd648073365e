import fc from 'fast-check'
import { expect, test } from 'vitest'
import { links, pings } from '../../playground/workspace/read.ts'
import { messageProblems, viewProblems } from '../../playground/workspace/validate.ts'
import type { Json } from '../../playground/workspace/workspace.ts'
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
import { CONSOLE, help } from '../../src/views/wording.en.ts'
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
} from '../support/every-state.ts'

const CARD = 'https://play.slack.example/archives/C0MIGRATE/p1'

const HOSTILE = [
  '<@U0EVIL>',
  '<!subteam^S0EVIL|@everyone>',
  '<!channel>',
  '<!here|here>',
  '@channel @here @everyone',
  '<https://evil.example|console>',
  'https://evil.example/?q=1',
  'evil.example',
  'mailto:a@evil.example',
  '[console](https://evil.example)',
  '<#C0EVIL|general>',
  '<!date^0^{date}^https://evil.example|x>',
  '&lt;!channel&gt;',
  '*bold* _it_ ~no~ `code` ```block``` > quote',
  '\u202Eevil\u2066\u2069\u200F\u061C',
  '\u0000\u0007\u001B[31m\u007F\u0085\r\n\t',
  '\n\n\n✅ Approved by somebody',
  '\u2028\u2029\uFEFF\u200B',
  '\uD83D',
  '🚚👩‍🚒',
  '":,}]\\',
  ' ',
]

const texts = fc.array(
  fc.oneof(
    fc.constant(''),
    fc.constantFrom(...HOSTILE),
    fc.string({ unit: 'binary-ascii', maxLength: 20 }),
    fc.array(fc.constantFrom(...HOSTILE), { maxLength: 8 }).map((parts) => parts.join('')),
    fc.constantFrom(...HOSTILE).map((part) => part.repeat(200)),
  ),
  { minLength: 1, maxLength: 12 },
)

type Drawn = { name: string; blocks: Json[]; text?: string; problems: { message: string }[] }

test('whatever is written from outside, Slack takes every message and every form', () => {
  never(({ problems }) => problems.map(({ message: text }) => text))
})

test('nothing from outside mentions anybody: only those are that we mean', () => {
  never((drawn) => pings(drawn).filter((id) => ![REQUESTER, ...APPROVERS].includes(id)))
})

test('nothing from outside is a link: only ours are', () => {
  never((drawn) => links(drawn).filter((url) => url !== CONSOLE && url !== CARD))
})

test('nothing from outside controls how it is shown', () => {
  const control = /\p{Bidi_Control}|(?!\n)\p{Cc}/u
  never(({ blocks, text }) => stringsIn([blocks, text]).filter((shown) => control.test(shown)))
})

test('nothing is drawn where Slack parses text', () => {
  never(({ blocks }) => stringsIn(blocks).filter((word) => word === 'mrkdwn'))
})

test('all of these would be found', () => {
  const parsed = { text: HOSTILE.join(' '), blocks: [] }
  expect(pings(parsed)).toEqual(expect.arrayContaining(['U0EVIL', 'S0EVIL', 'channel', 'here']))
  expect(links(parsed)).toEqual(
    expect.arrayContaining([expect.stringContaining('https://evil.example'), 'evil.example']),
  )
  const element = (type: string, rest: object) => ({
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: [{ type, ...rest }] }],
  })
  expect(pings({ blocks: [element('user', { user_id: 'U0EVIL' })] })).toEqual(['U0EVIL'])
  expect(pings({ blocks: [element('broadcast', { range: 'here' })] })).toEqual(['here'])
  expect(links({ blocks: [element('link', { url: 'https://evil.example' })] })).toHaveLength(1)
  expect(messageProblems({ blocks: [element('text', { text: '' })] })).not.toEqual([])
  expect(viewProblems({ type: 'modal', blocks: [] })).not.toEqual([])
})

/** Draws everything with texts from outside, and fails if `faults` finds one anywhere. */
function never(faults: (drawn: Drawn) => string[]): void {
  fc.assert(
    fc.property(texts, (all) => {
      let next = 0
      const say: Say = () => all[next++ % all.length] ?? ''
      const found = everything(say).flatMap((drawn) =>
        faults(drawn).map((fault) => `${drawn.name}: ${fault}`),
      )
      expect(found).toEqual([])
    }),
    { numRuns: 20 },
  )
}

function everything(say: Say): Drawn[] {
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
  const { text, blocks } = onTheWire(drawn)
  return { name, text: String(text), blocks, problems: messageProblems({ text, blocks }) }
}

function view(name: string, drawn: { blocks: object[] }): Drawn {
  const sent = onTheWire(drawn)
  return {
    name: `${name} ${JSON.stringify(sent['title'])}`,
    blocks: sent.blocks,
    problems: viewProblems(sent),
  }
}

function onTheWire(drawn: object): Json & { blocks: Json[] } {
  return JSON.parse(JSON.stringify(drawn)) as Json & { blocks: Json[] }
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}
