import { expect, test } from 'vitest'
import { actionElement, inputElement } from '../../playground/workspace/block-elements.ts'
import { block as slackBlock } from '../../playground/workspace/blocks.ts'
import { checkBlocks } from '../../playground/workspace/check-blocks.ts'
import { en } from '../../src/views/wording/en.ts'
import { everyView } from '../support/every-view.ts'
import { drawn, NAMES, readable, tags } from '../support/drawn.ts'
import { FORMS, MESSAGES } from './block-samples.ts'

type Json = Record<string, unknown>

/** Many differ in their notification alone. */
const alike = Map.groupBy(
  everyView((ordinary) => ordinary, en),
  ({ surface, sent: { blocks } }) => JSON.stringify([surface, blocks]),
)
const views = [...alike.values()].flatMap(([first]) => first ?? [])

test('every word of every message and form of the bot is on the page', () => {
  const missing = views.flatMap(({ name, surface, sent }) => {
    const read = readable(drawn(sent.blocks, { surface }))
    return textsOf(sent.blocks)
      .filter((text) => !read.includes(text))
      .map((text) => `${name}: ${text}`)
  })
  expect(missing).toEqual([])
  expect(views.length).toBeGreaterThan(100)
})

test('the page can draw everything that the bot sends', () => {
  for (const { sent } of views) {
    expect(readable(drawn(sent.blocks))).not.toMatch(/Not drawn|\[object|undefined|NaN/)
  }
})

test.each(MESSAGES.map(([block, reads]) => ({ type: block['type'], block, reads })))(
  'a message shows its $type',
  ({ block, reads }) => {
    expect(checkBlocks([block], 'message')).toMatchObject({ ok: true })
    shows(drawn([block]), reads)
  },
)

test.each(
  FORMS.map(([block, reads]) => ({ type: block['block_id'] ?? block['type'], block, reads })),
)('a form shows its $type', ({ block, reads }) => {
  expect(checkBlocks([block], 'modal')).toMatchObject({ ok: true })
  shows(drawn([block], { surface: 'modal' }), reads)
})

test('an unknown block shows its JSON', () => {
  const strange = { type: 'hologram', depth: 3, of: ['<b>'] }
  const read = readable(drawn([strange, { type: 'actions', elements: [strange] }]))
  expect(read.match(/Not drawn: hologram/g)).toHaveLength(2)
  expect(read.match(/"of": \[\s*"<b>"\s*\]/g)).toHaveLength(2)
})

test('there is a sample of every block and element that the pretend Slack accepts', () => {
  const samples = JSON.stringify([MESSAGES, FORMS])
  const types = [slackBlock, actionElement, inputElement].flatMap(({ options }) =>
    options.map((one) => one.shape.type.value),
  )
  expect(types.length).toBeGreaterThan(40)
  expect(types.filter((type) => !samples.includes(`"type":"${type}"`))).toEqual([])
})

test('no address becomes a script', () => {
  const url = 'javascript:alert(1)'
  const button = { type: 'button', text: { type: 'plain_text', text: 'Press' }, url }
  const link = { type: 'link', url, text: 'Follow' }
  const blocks = [
    { type: 'actions', elements: [button] },
    { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [link] }] },
    { type: 'image', image_url: url, alt_text: 'Look' },
  ]
  expect(readable(drawn(blocks))).toMatch(/Press[^]*Follow[^]*Look/)
  expect(drawn(blocks)).not.toMatch(/(href|src)="javascript/)
})

test.each([
  ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)>'],
  ['</div><script>alert(1)</script>', '&lt;/div>&lt;script>alert(1)&lt;/script>'],
  ['<javascript:alert(1)|click>', '&lt;javascript:alert(1)|click>'],
  ['&lt;b&gt; &amp;lt; &quot;', '&lt;b> &amp;lt; &amp;quot;'],
  ['*bold* _it_ ~gone~', '<b>bold</b> <i>it</i> <s>gone</s>'],
  ['*_both_*', '<i><b>both</b></i>'],
  ['2*3*4 snake_case_name * no * _ no _', '2*3*4 snake_case_name * no * _ no _'],
  ['`*raw* <b>`', '<code>*raw* &lt;b></code>'],
  ['a *`code` in bold*', 'a <b><code>'],
  ['```\nSELECT 1;\n```', '<pre tabindex="0">SELECT 1;</pre>'],
  ['> quoted\n&gt; more\nnot', '<blockquote>quoted\nmore</blockquote><div>not</div>'],
  ['>>> all\nof it', '<blockquote>all\nof it</blockquote>'],
  ['<@U0ANN> <@U0ANN|x>', '@ann</span> <'],
  ['<!subteam^S0ONCALL|@x>', '@oncall-db</span>'],
  ['<#C0MIGRATE|x> <!here> <!nonsense>', '#db-migrations</span> '],
  ['<!here|x>', '@here</span>'],
  ['<!nonsense>', '&lt;!nonsense>'],
  ['<@constructor>', '@constructor</span>'],
  ['<https://a.example/?q=1&amp;r=2|A &amp; B>', 'href="https://a.example/?q=1&amp;r=2"'],
  ['<https://a.example|A &amp; B>', '>A &amp; B</a>'],
  ['see https://a.example/x.', '>https://a.example/x</a>.'],
  ['<!date^1861920000^at {date_num}^https://a.example|then>', 'href="https://a.example"'],
  ['<!date^99999999999999999^{time}|fallen back>', 'fallen back'],
  [':tada: :nobody_knows:', '🎉</span> '],
])('mrkdwn %j is drawn as Slack would', (text, html) => {
  expect(drawn([{ type: 'section', text: { type: 'mrkdwn', text } }])).toContain(html)
})

test('plain text stays text, except for emoji names', () => {
  const text = '*not* <@U0ANN> &amp; https://a.example :tada:'
  const markup = drawn([{ type: 'section', text: { type: 'plain_text', text } }])
  expect(readable(markup)).toBe('*not* <@U0ANN> &amp; https://a.example 🎉')
})

test('a form shows its values, its errors, and labels tied to their fields', () => {
  const element = { type: 'plain_text_input', action_id: 'why', initial_value: 'first' }
  const label = { type: 'plain_text', text: 'Why?' }
  const markup = drawn([{ type: 'input', block_id: 'reason', label, element }], {
    surface: 'modal',
    values: { reason: { why: { type: 'plain_text_input', value: 'typed <b>' } } },
    errors: { reason: 'Say more.' },
  })
  const all = tags(markup)
  const field = all.find(({ name }) => name === 'input')?.attributes ?? {}
  expect(field).toMatchObject({ value: 'typed <b>', 'aria-invalid': 'true' })
  const named = all.find(({ name }) => name === 'label')?.attributes ?? {}
  expect(named).toMatchObject({ for: field['id'], id: field['aria-labelledby'] })
  expect(markup).toContain(`id="${field['aria-describedby']}">Say more.`)
})

/** Expects all of `reads`, and no other undrawn block. */
function shows(markup: string, reads: string[]): void {
  const read = readable(markup)
  for (const text of reads) expect(read).toContain(text)
  const strange = reads.filter((text) => text.startsWith('Not drawn'))
  expect(read.match(/Not drawn: \w+/g) ?? []).toEqual(strange)
}

/** Every text in the blocks: whatever is not an id or a setting. */
function textsOf(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(textsOf)
  if (typeof node !== 'object' || node === null) return []
  const { type, timestamp, ...rest } = node as Json
  if (type === 'date') {
    const at = new Date(Number(timestamp) * 1000)
    return [
      at.toLocaleDateString('en-US', { dateStyle: 'medium' }),
      at.toLocaleTimeString('en-US', { timeStyle: 'short' }).replace(/\s/, ' '),
    ]
  }
  return Object.entries(rest).flatMap(([key, value]) => {
    if (typeof value !== 'string') return textsOf(value)
    if (key === 'text') return value.trim() ? [value] : []
    if (key === 'user_id') return [`@${NAMES.users[value]?.name}`]
    if (key === 'usergroup_id') return [`@${NAMES.groups[value]?.handle}`]
    if (key === 'channel_id') return [`#${NAMES.channels[value]?.name}`]
    return SETTINGS.includes(key) ? [] : [`${key}: ${value}`]
  })
}

/** Who is chosen at first, the page takes from the state of the form. */
const SETTINGS = ['action_id', 'block_id', 'value', 'url', 'style', 'initial_user']
