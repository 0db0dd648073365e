import { expect, test } from 'vitest'
import { links, pings, text } from '../../playground/workspace/read.ts'
import { messageProblems, viewProblems } from '../../playground/workspace/validate.ts'

/* What the pretend Slack takes and refuses, and what it says that people would read. */

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

const MESSAGE: Limit[] = [
  ['header', 1, 150, (n) => ({ type: 'header', text: plain(x(n)) }), '/text/text'],
  ['section text', 1, 3000, (n) => section({ text: mrkdwn(x(n)) }), '/text/text'],
  ['field', 1, 2000, (n) => section({ fields: [plain(x(n))] }), '/fields/0/text'],
  ['fields', 1, 10, (n) => section({ fields: times(n, () => plain('a')) }), '/fields'],
  [
    'context elements',
    1,
    10,
    (n) => ({ type: 'context', elements: times(n, () => plain('a')) }),
    '/elements',
  ],
  ['actions elements', 1, 25, (n) => actions(...times(n, () => button())), '/elements'],
  ['block_id', 1, 255, (n) => ({ ...divider, block_id: x(n) }), '/block_id'],
  ['action_id', 1, 255, (n) => actions(button({ action_id: x(n) })), '/elements/0/action_id'],
  ['button text', 1, 75, (n) => actions(button({ text: plain(x(n)) })), '/elements/0/text/text'],
  ['button value', 1, 2000, (n) => actions(button({ value: x(n) })), '/elements/0/value'],
  [
    'option text',
    1,
    75,
    (n) => actions(select({ options: [option({ text: plain(x(n)) })] })),
    '/elements/0/options/0/text/text',
  ],
  [
    'option description',
    1,
    75,
    (n) => actions(select({ options: [option({ description: plain(x(n)) })] })),
    '/elements/0/options/0/description/text',
  ],
  [
    'option value',
    1,
    75,
    (n) => actions(select({ options: [option({ value: x(n) })] })),
    '/elements/0/options/0/value',
  ],
  [
    'options',
    1,
    100,
    (n) => actions(select({ options: times(n, (i) => option({ value: `${i}` })) })),
    '/elements/0/options',
  ],
  ...(['overflow', 'checkboxes', 'radio_buttons'] as const).map(
    (type): Limit => [
      `${type} options`,
      1,
      type === 'overflow' ? 5 : 10,
      (n) => actions({ type, options: times(n, (i) => option({ value: `${i}` })) }),
      '/elements/0/options',
    ],
  ),
  ...(['static_select', 'external_select', 'users_select'] as const).map(
    (type): Limit => [
      `${type} placeholder`,
      1,
      150,
      (n) =>
        actions({
          ...(type === 'static_select' ? select() : { type }),
          placeholder: plain(x(n)),
        }),
      '/elements/0/placeholder/text',
    ],
  ),
  ...Object.entries({ title: 100, text: 300, confirm: 30, deny: 30 }).map(
    ([key, most]): Limit => [
      `confirm ${key}`,
      1,
      most,
      (n) => actions(button({ confirm: confirm({ [key]: plain(x(n)) }) })),
      `/elements/0/confirm/${key}/text`,
    ],
  ),
  [
    'alt_text',
    1,
    2000,
    (n) => ({ type: 'image', image_url: 'https://a.example/a.png', alt_text: x(n) }),
    '/alt_text',
  ],
  ['table rows', 1, 100, (n) => ({ type: 'table', rows: times(n, () => [cell('a')]) }), '/rows'],
  [
    'table columns',
    1,
    20,
    (n) => ({ type: 'table', rows: [times(n, () => cell('a'))] }),
    '/rows/0',
  ],
]

test.each(MESSAGE)('%s of a message: %i to %i', (_, least, most, of, place) => {
  expect(inMessage(of(least))).toEqual([])
  expect(inMessage(of(most))).toEqual([])
  for (const wrong of [least - 1, most + 1]) {
    expect(inMessage(of(wrong))).toEqual([
      {
        error: 'invalid_blocks',
        message: expect.stringContaining(`[json-pointer:/blocks/0${place}]`),
      },
    ])
  }
})

const VIEW: Limit[] = [
  ...['title', 'submit', 'close'].map(
    (key): Limit => [key, 1, 24, (n) => modal({ [key]: plain(x(n)) }), `/${key}/text`],
  ),
  ['callback_id', 1, 255, (n) => modal({ callback_id: x(n) }), '/callback_id'],
  [
    'input label',
    1,
    2000,
    (n) => modal({ submit: plain('Ask'), blocks: [input({ label: plain(x(n)) })] }),
    '/blocks/0/label/text',
  ],
  [
    'input placeholder',
    1,
    150,
    (n) =>
      modal({
        submit: plain('Ask'),
        blocks: [input({ element: { ...textInput, placeholder: plain(x(n)) } })],
      }),
    '/blocks/0/element/placeholder/text',
  ],
]

test.each(VIEW)('%s of a modal: %i to %i', (_, least, most, of, place) => {
  expect(viewProblems(of(least))).toEqual([])
  expect(viewProblems(of(most))).toEqual([])
  for (const wrong of [least - 1, most + 1]) {
    expect(viewProblems(of(wrong))).toEqual([
      {
        error: 'invalid_arguments',
        message: expect.stringContaining(`[json-pointer:/view${place}]`),
      },
    ])
  }
})
