import { expect, test } from 'vitest'
import { links, pings, text } from '../../playground/workspace/read.ts'
import { messageProblems, viewProblems } from '../../playground/workspace/validate.ts'

/* Which blocks the pretend Slack accepts, and how they read. */

type Json = Record<string, unknown>

const x = (length: number) => 'x'.repeat(length)
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index))

const plain = (words: string) => ({ type: 'plain_text', text: words })
const mrkdwn = (words: string, more: Json = {}) => ({ type: 'mrkdwn', text: words, ...more })
const divider = { type: 'divider' }
const section = (more: Json = {}) => ({ type: 'section', text: plain('hello'), ...more })
const button = (more: Json = {}) => ({ type: 'button', text: plain('Go'), ...more })
const actions = (...elements: Json[]) => ({ type: 'actions', elements })
const option = (more: Json = {}) => ({ text: plain('one'), value: '1', ...more })
const select = (more: Json = {}) => ({ type: 'static_select', options: [option()], ...more })
const confirm = (more: Json = {}) => ({ text: plain('Sure?'), ...more })
const textInput = { type: 'plain_text_input', action_id: 'why' }
const input = (more: Json = {}) => ({
  type: 'input',
  label: plain('Why'),
  element: textInput,
  ...more,
})
const rich = (...elements: Json[]) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
})
const cell = (words: string) => ({ type: 'raw_text', text: words })
const modal = (more: Json = {}) => ({
  type: 'modal',
  title: plain('A form'),
  blocks: [divider],
  ...more,
})

const inMessage = (block: Json) => messageProblems({ blocks: [block] })

/** What it is; the least and the most; one with so many; the place that is named. */
type Limit = [what: string, least: number, most: number, of: (n: number) => Json, place: string]

const options = (n: number) => times(n, (i) => option({ value: `${i}` }))
const inOption = (key: string, of: (n: number) => Json): Limit => [
  `option ${key}`,
  1,
  75,
  (n) => actions(select({ options: [option(of(n))] })),
  `/elements/0/options/0/${key}`,
]
const choosing = (type: string, most: number): Limit => [
  `${type} options`,
  1,
  most,
  (n) => actions({ type, options: options(n) }),
  '/elements/0/options',
]
const placeholder = (type: string, more: Json = {}): Limit => [
  `${type} placeholder`,
  1,
  150,
  (n) => actions({ type, ...more, placeholder: plain(x(n)) }),
  '/elements/0/placeholder/text',
]
const confirming = (key: string, most: number): Limit => [
  `confirm ${key}`,
  1,
  most,
  (n) => actions(button({ confirm: confirm({ [key]: plain(x(n)) }) })),
  `/elements/0/confirm/${key}/text`,
]
const table = (...rows: Json[][]) => ({ type: 'table', rows })
const context = (...elements: Json[]) => ({ type: 'context', elements })

const MESSAGE: Limit[] = [
  ['header', 1, 150, (n) => ({ type: 'header', text: plain(x(n)) }), '/text/text'],
  ['section text', 1, 3000, (n) => section({ text: mrkdwn(x(n)) }), '/text/text'],
  ['field', 1, 2000, (n) => section({ fields: [plain(x(n))] }), '/fields/0/text'],
  ['fields', 1, 10, (n) => section({ fields: times(n, () => plain('a')) }), '/fields'],
  ['context elements', 1, 10, (n) => context(...times(n, () => plain('a'))), '/elements'],
  ['actions elements', 1, 25, (n) => actions(...times(n, () => button())), '/elements'],
  ['block_id', 1, 255, (n) => ({ ...divider, block_id: x(n) }), '/block_id'],
  ['action_id', 1, 255, (n) => actions(button({ action_id: x(n) })), '/elements/0/action_id'],
  ['button text', 1, 75, (n) => actions(button({ text: plain(x(n)) })), '/elements/0/text/text'],
  ['button value', 1, 2000, (n) => actions(button({ value: x(n) })), '/elements/0/value'],
  inOption('text/text', (n) => ({ text: plain(x(n)) })),
  inOption('description/text', (n) => ({ description: plain(x(n)) })),
  inOption('value', (n) => ({ value: x(n) })),
  choosing('static_select', 100),
  choosing('overflow', 5),
  choosing('checkboxes', 10),
  choosing('radio_buttons', 10),
  placeholder('static_select', { options: options(1) }),
  placeholder('external_select'),
  placeholder('users_select'),
  confirming('title', 100),
  confirming('text', 300),
  confirming('confirm', 30),
  confirming('deny', 30),
  ['alt_text', 1, 2000, (n) => ({ ...picture(), alt_text: x(n) }), '/alt_text'],
  ['table rows', 1, 100, (n) => table(...times(n, () => [cell('a')])), '/rows'],
  ['table columns', 1, 20, (n) => table(times(n, () => cell('a'))), '/rows/0'],
]
const asking = (more: Json) => modal({ submit: plain('Ask'), blocks: [input(more)] })
const hinted = (n: number) => ({ element: { ...textInput, placeholder: plain(x(n)) } })
const VIEW: Limit[] = [
  ['title', 1, 24, (n) => modal({ title: plain(x(n)) }), '/title/text'],
  ['submit', 1, 24, (n) => modal({ submit: plain(x(n)) }), '/submit/text'],
  ['close', 1, 24, (n) => modal({ close: plain(x(n)) }), '/close/text'],
  ['callback_id', 1, 255, (n) => modal({ callback_id: x(n) }), '/callback_id'],
  ['input label', 1, 2000, (n) => asking({ label: plain(x(n)) }), '/blocks/0/label/text'],
  ['placeholder', 1, 150, (n) => asking(hinted(n)), '/blocks/0/element/placeholder/text'],
]

test.each([
  ...MESSAGE.map((one) => ['message', ...one] as const),
  ...VIEW.map((one) => ['modal', ...one] as const),
])('%s: %s from %i to %i', (surface, _, least, most, of, place) => {
  const [error, root, check] =
    surface === 'message'
      ? ['invalid_blocks', '/blocks/0', inMessage]
      : ['invalid_arguments', '/view', viewProblems]
  expect(check(of(least))).toEqual([])
  expect(check(of(most))).toEqual([])
  const message = expect.stringContaining(`[json-pointer:${root}${place}]`)
  for (const wrong of [least - 1, most + 1]) {
    expect(check(of(wrong))).toEqual([{ error, message }])
  }
})

const errors = (found: { error: string }[]) => [...new Set(found.map(({ error }) => error))]

test('a message has at most 50 blocks, a view 100', () => {
  const many = (count: number) => times(count, () => divider)
  expect(messageProblems({ blocks: many(50) })).toEqual([])
  expect(errors(messageProblems({ blocks: many(51) }))).toEqual(['invalid_blocks'])
  expect(viewProblems(modal({ blocks: many(100) }))).toEqual([])
  expect(errors(viewProblems(modal({ blocks: many(101) })))).toEqual(['invalid_arguments'])
})

test('the blocks of a message have at most 13,200 characters altogether', () => {
  const blocks = (last: number) => [
    ...times(4, () => section({ text: plain(x(3000)) })),
    rich({ type: 'text', text: x(last) }),
  ]
  expect(messageProblems({ blocks: blocks(1200) })).toEqual([])
  expect(errors(messageProblems({ blocks: blocks(1201) }))).toEqual(['msg_blocks_too_long'])
})

test('a message has text or blocks, and its text is not cut', () => {
  expect(messageProblems({ text: 'a' })).toEqual([])
  expect(messageProblems({ text: '', blocks: [divider] })).toEqual([])
  expect(messageProblems({ text: x(40_000) })).toEqual([])
  expect(errors(messageProblems({ text: x(40_001) }))).toEqual(['msg_too_long'])
  for (const nothing of [{}, { text: '' }, { blocks: [] }, { text: '', blocks: [] }]) {
    expect(errors(messageProblems(nothing))).toEqual(['no_text'])
  }
  expect(errors(messageProblems({ text: 42 }))).toEqual(['invalid_arguments'])
  expect(errors(messageProblems({ text: 'a', blocks: 'b' }))).toEqual(['invalid_blocks_format'])
})

test('private_metadata has at most 3000 characters, a view 250 kB', () => {
  expect(viewProblems(modal({ private_metadata: x(3000) }))).toEqual([])
  expect(viewProblems(modal({ private_metadata: x(3001) }))).toHaveLength(1)
  const fields = times(10, () => plain(x(2000)))
  const blocks = (count: number) => times(count, () => ({ type: 'section', fields }))
  expect(viewProblems(modal({ blocks: blocks(12) }))).toEqual([])
  expect(errors(viewProblems(modal({ blocks: blocks(13) })))).toEqual(['view_too_large'])
})

test('ids are unique: block_id among the blocks, action_id within a block', () => {
  const named = (block_id: string) => ({ ...divider, block_id })
  const two = (first: string, second: string) =>
    actions(button({ action_id: first }), button({ action_id: second }))
  expect(messageProblems({ blocks: [named('a'), named('b')] })).toEqual([])
  expect(messageProblems({ blocks: [named('a'), named('a')] })).toHaveLength(1)
  expect(messageProblems({ blocks: [two('a', 'b'), two('a', 'b')] })).toEqual([])
  expect(inMessage(two('a', 'a'))).toHaveLength(1)
})

test('a form with an input has a button that submits it', () => {
  expect(viewProblems(modal({ blocks: [input()], submit: plain('Ask') }))).toEqual([])
  expect(viewProblems(modal({ blocks: [input()] }))).toEqual([
    { error: 'invalid_arguments', message: expect.stringContaining('[json-pointer:/view/submit]') },
  ])
})

const REFUSED: [string, unknown, string][] = [
  ['an unknown block', { type: 'nonsense' }, '/type'],
  ['a block without a type', {}, '/type'],
  ['what is no block', 'divider', ''],
  ['an unknown element', actions({ type: 'lever' }), '/elements/0/type'],
  ['an unknown key of a text', section({ text: { ...plain('a'), size: 1 } }), '/text'],
  ['an unknown kind of text', section({ text: { type: 'html', text: 'a' } }), '/text/type'],
  ['mrkdwn in a header', { type: 'header', text: mrkdwn('a') }, '/text/type'],
  ['mrkdwn on a button', actions(button({ text: mrkdwn('a') })), '/elements/0/text/type'],
  ['an unknown style of a button', actions(button({ style: 'default' })), '/elements/0/style'],
  ['a section of nothing', { type: 'section' }, ''],
  ['a typed input in actions', actions(textInput), '/elements/0/type'],
  ['an input', input(), '/type'],
  ['an alert', { type: 'alert', text: plain('a') }, '/type'],
  ['a picture from nowhere', { type: 'image', alt_text: 'a' }, ''],
  [
    'a choice not offered',
    actions(select({ initial_option: option({ value: '2' }) })),
    '/elements/0',
  ],
  ['rich text of nothing', rich(), '/elements/0/elements'],
  ['an empty item', list(richSection([])), '/elements/0/elements/0/elements'],
  ['an unknown part of rich text', richPart('rich_text_aside'), '/elements/0/type'],
  ...(
    [
      ['an unknown element of rich text', { type: 'blink' }, '/type'],
      ['an empty text', { type: 'text', text: '' }, '/text'],
      ['an unknown key', { type: 'text', text: 'a', size: 1 }, ''],
      ['an unknown style', { type: 'text', text: 'a', style: { loud: true } }, '/style'],
      ['a style in words', { type: 'text', text: 'a', style: { bold: 'yes' } }, '/style/bold'],
      ['a date in parts of a second', date({ timestamp: 1.5 }), '/timestamp'],
      ['a date without a format', date({ format: undefined }), '/format'],
      ['a link to nowhere', { type: 'link', text: 'a' }, '/url'],
      ['a user of no id', { type: 'user', user_id: 'Ann' }, '/user_id'],
      ['an unknown broadcast', { type: 'broadcast', range: 'all' }, '/range'],
    ] as const
  ).map(([what, element, place]): [string, unknown, string] => [
    `rich text with ${what}`,
    rich(element),
    `/elements/0/elements/0${place}`,
  ]),
]

test.each(REFUSED)('Slack refuses %s', (_, block, place) => {
  const found = messageProblems({ text: 'fallback', blocks: [divider, block] })
  expect(errors(found)).toEqual(['invalid_blocks'])
  expect(found[0]?.message).toContain(`[json-pointer:/blocks/1${place}]`)
})

test.each([null, undefined, 4, 'view', [], {}, { type: 'modal' }])('%j is no view', (nonsense) => {
  expect(errors(viewProblems(nonsense))).toEqual(['invalid_arguments'])
})

function picture(): Json {
  return { type: 'image', image_url: 'https://a.example/a.png', alt_text: 'a picture' }
}

function richSection(elements: Json[] = [{ type: 'text', text: 'one' }]): Json {
  return { type: 'rich_text_section', elements }
}

function richPart(type: string, more: Json = {}): Json {
  const elements = [{ type: 'text', text: 'one\ntwo' }]
  return { type: 'rich_text', elements: [{ type, elements, ...more }] }
}

function list(...elements: Json[]): Json {
  return richPart('rich_text_list', { style: 'bullet', elements })
}

function date(more: Json = {}): Json {
  return { type: 'date', timestamp: 1_700_000_000, format: '{date}', fallback: 'a day', ...more }
}

function everyRich(): Json[] {
  const style = { bold: true, italic: false, strike: true, code: true, underline: true }
  return [
    { type: 'text', text: 'text ', style },
    { type: 'user', user_id: 'U0ANN', style: { bold: true } },
    { type: 'usergroup', usergroup_id: 'S0ONCALL' },
    { type: 'channel', channel_id: 'C0MIGRATE' },
    { type: 'link', url: 'https://a.example/1', text: 'a link' },
    date(),
    { type: 'emoji', name: 'wave' },
    { type: 'broadcast', range: 'here' },
  ]
}

const read = (...blocks: Json[]) => text({ text: 'fallback', blocks })
const mrkdwnMessage = (words: string, more: Json = {}) => ({
  text: '',
  blocks: [section({ text: mrkdwn(words, more) })],
})

test('rich text reads as it looks', () => {
  expect(read(rich(...everyRich()))).toBe('text @U0ANN@S0ONCALL@C0MIGRATEa linka day:wave:@here')
  expect(read(rich({ type: 'link', url: 'https://a.example' }))).toBe('https://a.example')
  expect(read(rich({ type: 'text', text: 'one\n' }, { type: 'text', text: 'two' }))).toBe(
    'one\ntwo',
  )
  expect(read(richPart('rich_text_quote'))).toBe('> one\n> two')
  expect(read(richPart('rich_text_preformatted'))).toBe('one\ntwo')
  expect(read(list(richSection(), richSection()))).toBe('• one\n• one')
})

test('people, groups and channels read as their names', () => {
  const names: Record<string, string> = { U0ANN: '@Ann', S0ONCALL: '@oncall-db', C0MIGRATE: '#db' }
  const name = (id: string) => names[id] ?? id
  expect(text({ blocks: [rich(...everyRich())] }, name)).toContain('@Ann@oncall-db#db')
  expect(text(mrkdwnMessage('<@U0ANN|x> <!subteam^S0ONCALL> <#C0MIGRATE|y>'), name)).toBe(
    '@Ann @oncall-db #db',
  )
})

test('every other block reads line by line, without dividers', () => {
  const shown = text({
    blocks: [
      { type: 'header', text: plain('Title') },
      divider,
      section({ fields: [plain('left'), mrkdwn('*right*')], accessory: button() }),
      section({ accessory: select({ initial_option: option() }) }),
      section({ accessory: { type: 'external_select', placeholder: plain('Name or id') } }),
      { type: 'context', elements: [picture(), mrkdwn('by <@U0BO>')] },
      actions(button({ text: plain('Approve') }), button({ text: plain('Reject') })),
      input({ label: plain('Job') }),
      input({ label: plain('Why?') }),
      { ...picture(), title: plain('Lag') },
      {
        type: 'table',
        rows: [
          [cell('job'), cell('lag')],
          [rich({ type: 'text', text: 'orders' }), cell('3 s')],
        ],
      },
    ],
  })
  expect(shown.split('\n')).toEqual([
    'Title',
    'hello',
    'left',
    '*right* [Go]',
    'hello [one]',
    'hello [Name or id]',
    '(a picture) by @U0BO',
    '[Approve] [Reject]',
    'Job: [ ]',
    'Why? [ ]',
    'Lag',
    '(a picture)',
    'job | lag',
    'orders | 3 s',
  ])
})

test('blocks hide the fallback text; without blocks it reads with entities unescaped once', () => {
  expect(read(section())).toBe('hello')
  expect(text({ text: 'a &amp;lt; b &lt;c&gt; <https://a.example|d>', blocks: [] })).toBe(
    'a &lt; b <c> d',
  )
  expect(text({ text: '<!channel> <!date^0^{date}|long ago>', blocks: [] })).toBe(
    '@channel long ago',
  )
})

test.each([
  ['<@U0ANN>', ['U0ANN']],
  ['<@W0ANN|ann>', ['W0ANN']],
  ['<!subteam^S0ONCALL>', ['S0ONCALL']],
  ['<!subteam^S0ONCALL|@oncall>', ['S0ONCALL']],
  ['<!here> <!channel|channel> <!everyone>', ['here', 'channel', 'everyone']],
  ['`<@U0ANN>` ```<!here>```', ['U0ANN', 'here']],
  ['<@U0ANN> and <@U0ANN>', ['U0ANN']],
  ['&lt;!here&gt; &lt;@U0ANN&gt; @here @U0ANN', []],
  ['<#C0MIGRATE|db> <https://a.example|<@U> <!date^0^{date}|x> <@>', ['U']],
])('mrkdwn %j pings %j', (words, expected) => {
  expect(pings(mrkdwnMessage(words))).toEqual(expected)
  expect(pings(mrkdwnMessage(words, { verbatim: true }))).toEqual(expected)
  expect(pings({ text: words, blocks: [section()] })).toEqual(expected)
  expect(pings({ blocks: [{ type: 'markdown', text: words }] })).toEqual(expected)
  expect(pings({ blocks: [{ type: 'context', elements: [mrkdwn(words)] }] })).toEqual(expected)
  expect(pings({ blocks: [section({ fields: [mrkdwn(words)] })] })).toEqual(expected)
})

test('rich text pings only by its elements, and plain text never', () => {
  expect(pings({ blocks: [rich(...everyRich())] })).toEqual(['U0ANN', 'S0ONCALL', 'here'])
  const inList = [list(richSection(everyRich()))]
  expect(pings({ blocks: inList })).toEqual(['U0ANN', 'S0ONCALL', 'here'])
  const words = '<@U0ANN> <!here> <!subteam^S0ONCALL>'
  expect(pings({ blocks: [rich({ type: 'text', text: words })] })).toEqual([])
  expect(pings({ blocks: [section({ text: plain(words) }), actions(button())] })).toEqual([])
  expect(pings({ blocks: [{ type: 'table', rows: [[cell(words)]] }] })).toEqual([])
  const chosen = actions({ type: 'users_select', initial_user: 'U0ANN' })
  expect(pings({ blocks: [chosen] })).toEqual([])
})

/** Words of mrkdwn; where they lead; where they lead when they are verbatim. */
const LEADS: [words: string, expected: string[], verbatim?: string[]][] = [
  ['<https://a.example/?b=1&amp;c=2|words>', ['https://a.example/?b=1&c=2']],
  ['<mailto:a@b.example>', ['mailto:a@b.example']],
  ['<!date^0^{date}^https://a.example|x>', ['https://a.example']],
  ['see https://a.example/b or http://c.example', ['https://a.example/b', 'http://c.example'], []],
  ['see www.evil.example.', ['www.evil.example'], []],
  ['(evil.example/path?x=1', ['evil.example/path?x=1'], []],
  ['пример.рф', ['пример.рф'], []],
  ['&lt;https://a.example&gt;', ['https://a.example'], []],
  ['a.example and a.example', ['a.example'], []],
  ['<@U0ANN> <#C0MIGRATE|db.example> <!here> 1.5 s, e.g. v2.3', []],
]

test.each(LEADS)('mrkdwn %j links to %j', (words, expected, verbatim = expected) => {
  expect(links(mrkdwnMessage(words))).toEqual(expected)
  expect(links(mrkdwnMessage(words, { verbatim: true }))).toEqual(verbatim)
  expect(links({ text: words, blocks: [section()] })).toEqual(expected)
})

test('rich text links only by its elements, and plain text never', () => {
  const linked = date({ url: 'https://b.example' })
  expect(links({ blocks: [rich(...everyRich(), linked)] })).toEqual([
    'https://a.example/1',
    'https://b.example',
  ])
  const words = 'https://a.example <https://b.example|b> c.example'
  expect(links({ blocks: [rich({ type: 'text', text: words })] })).toEqual([])
  expect(links({ blocks: [section({ text: plain(words) })] })).toEqual([])
  expect(links({ blocks: [{ type: 'table', rows: [[cell(words)]] }] })).toEqual([])
})
