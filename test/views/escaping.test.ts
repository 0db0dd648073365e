import fc from 'fast-check'
import { expect, test } from 'vitest'
import { links, pings } from '../../playground/workspace/read.ts'
import { messageProblems, viewProblems } from '../../playground/workspace/validate.ts'
import type { Json } from '../../playground/workspace/workspace.ts'
import { CONSOLE } from '../../src/views/wording.en.ts'
import { APPROVERS, REQUESTER, type Say } from '../support/every-state.ts'
import { CARD, everyView } from '../support/every-view.ts'

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
  return everyView(say).map(({ name, surface, sent }) => {
    const problems = surface === 'message' ? messageProblems(sent) : viewProblems(sent)
    return { name, blocks: sent.blocks, text: sent.text ?? '', problems }
  })
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}
