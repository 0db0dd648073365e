import fc from 'fast-check'
import { expect, test } from 'vitest'
import { links, pings, text } from '../../playground/workspace/read.ts'
import { messageProblems, viewProblems } from '../../playground/workspace/validate.ts'
import type { Json } from '../../playground/workspace/workspace.ts'
import { CONSOLE } from '../../src/views/console.ts'
import { defused } from '../../src/views/mrkdwn.ts'
import { en } from '../../src/views/wording/en.ts'
import { CARD, everyView } from '../support/every-view.ts'
import { APPROVERS, HELP, OWNER, REQUESTER, type Say } from '../support/said.ts'

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

type Drawn = { name: string; blocks: Json[]; text: string; problems: { message: string }[] }

const control = /\p{Bidi_Control}|(?!\n)\p{Cc}/u

/** What must be found nowhere, whatever is written outside. */
const FAULTS: Record<string, (drawn: Drawn) => string[]> = {
  'rejected by Slack': ({ problems }) => problems.map(({ message: text }) => text),
  'mentions somebody': (drawn) =>
    pings(drawn).filter((id) => ![REQUESTER, OWNER, ...APPROVERS].includes(id)),
  'is a link': (drawn) => links(drawn).filter((url) => ![CONSOLE, CARD, HELP].includes(url)),
  'changes how text is laid out': ({ blocks, text }) =>
    stringsIn([blocks, text]).filter((shown) => control.test(shown)),
  'is formatted in a notification': ({ text: said }) =>
    /[*~`]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|:\w+:/u.test(said.replace(/<[^<>]*>/g, ''))
      ? [said]
      : [],
  'is parsed by Slack': ({ blocks }) => stringsIn(blocks).filter((word) => word === 'mrkdwn'),
}

test(
  'no text from outside mentions, links, changes the layout or breaks a message or form',
  { timeout: 120_000 },
  () => {
    fc.assert(
      fc.property(texts, (all) => {
        let next = 0
        const say: Say = () => all[next++ % all.length] ?? ''
        const found = everything(say).flatMap((drawn) =>
          Object.entries(FAULTS).flatMap(([fault, find]) =>
            find(drawn).map((what) => `${drawn.name} ${fault}: ${what}`),
          ),
        )
        expect(found).toEqual([])
      }),
      // Each run draws hundreds of views, with texts that differ from one to the next.
      { numRuns: 5 },
    )
  },
)

test('a notification of a card or a thread names the job, by its name and its id', () => {
  const messages = everything((what) => what).filter(({ text: said }) => said !== '')
  expect(messages.length).toBeGreaterThan(300)
  for (const { name, text: said } of messages) {
    if (name !== 'answer') expect(said, name).toMatch(/orders-\S+ \(dts-1kl0iy0v\)/)
  }
})

test('a name that needs no care reads in a notification as it is', () => {
  for (const name of ['orders_v2', 'shop-eu.old', '订单迁移', 'R&D <2>']) {
    expect(text({ text: defused(name, 60), blocks: [] }).replaceAll('\u2060', '')).toBe(name)
  }
})

test('the checks above find each of these faults', () => {
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

function everything(say: Say): Drawn[] {
  return everyView(say, en).map(({ name, surface, sent }) => {
    const problems = surface === 'message' ? messageProblems(sent) : viewProblems(sent)
    return { name, blocks: sent.blocks, text: sent.text ?? '', problems }
  })
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}
