type Json = Record<string, unknown>

const plain = (text: string): Json => ({ type: 'plain_text', text })
const marked = (text: string): Json => ({ type: 'mrkdwn', text })
const option = (text: string): Json => ({ text: plain(text), value: text })
const section = (...elements: Json[]): Json => ({ type: 'rich_text_section', elements })
const rich = (...elements: Json[]): Json => ({
  type: 'rich_text',
  elements: [section(...elements)],
})
const text = (words: string, style = {}): Json => ({ type: 'text', text: words, style })

const ADDRESS = 'https://console.example/job'
const picture = { type: 'image', image_url: 'https://console.example/a.png', alt_text: 'A chart' }
const confirm = {
  title: plain('Really stop it?'),
  text: marked('It *cannot* be undone.'),
  confirm: plain('Stop it'),
  deny: plain('Leave it'),
  style: 'danger',
}
const options = ['Alpha', 'Beta', 'Gamma'].map(option)
const groups = [
  { label: plain('Near'), options: [option('Delta')] },
  { label: plain('Far'), options: [option('Epsilon')] },
]
const button = { type: 'button', action_id: 'b', text: plain('Approve'), style: 'primary', confirm }

/** Each kind of block that is shown in a message, with what must be read in it. */
export const MESSAGES: [block: Json, reads: string[]][] = [
  [{ type: 'header', text: plain('Overnight') }, ['Overnight']],
  [{ type: 'divider' }, []],
  [
    {
      type: 'section',
      text: marked('Job *orders* &amp; more'),
      fields: [marked('*From*\nmysql'), plain('To\ncynosdb')],
      accessory: { ...picture },
    },
    ['Job ', 'orders', ' & more', 'From', 'mysql', 'To\ncynosdb', 'A chart'],
  ],
  [
    { type: 'context', elements: [picture, plain('small print'), marked('_by_ <@U0ANN>')] },
    ['A chart', 'small print', 'by', '@ann'],
  ],
  [
    {
      type: 'actions',
      elements: [
        button,
        { type: 'button', action_id: 'l', text: plain('Console'), url: ADDRESS },
        { type: 'overflow', action_id: 'o', options },
        { type: 'datepicker', action_id: 'd', initial_date: '2029-01-02' },
      ],
    },
    [
      'Approve',
      'Really stop it?',
      'It ',
      'cannot',
      'Stop it',
      'Leave it',
      'Console',
      'Alpha',
      'Beta',
      'Gamma',
      '2029-01-02',
    ],
  ],
  [
    {
      type: 'rich_text',
      elements: [
        section(
          text('bold', { bold: true, italic: true }),
          text('code', { code: true }),
          text(' <b>not</b> *parsed* '),
          { type: 'link', url: ADDRESS, text: 'the console' },
          { type: 'link', url: ADDRESS },
          { type: 'user', user_id: 'U0ANN' },
          { type: 'user', user_id: 'U0NOBODY' },
          { type: 'usergroup', usergroup_id: 'S0ONCALL' },
          { type: 'channel', channel_id: 'C0MIGRATE' },
          { type: 'team', team_id: 'T0PLAY' },
          { type: 'broadcast', range: 'here' },
          { type: 'emoji', name: 'tada' },
          { type: 'emoji', name: 'anything', unicode: '1f44b-1f3fd' },
          { type: 'emoji', name: 'nobody_knows' },
          { type: 'date', timestamp: 1_861_920_000, format: 'on {date_num}', fallback: 'then' },
          { type: 'color', value: '#C0FFEE' },
        ),
        {
          type: 'rich_text_list',
          style: 'ordered',
          offset: 2,
          indent: 1,
          elements: [section(text('third')), section(text('fourth'))],
        },
        { type: 'rich_text_list', style: 'bullet', elements: [section(text('point'))] },
        { type: 'rich_text_quote', elements: [text('they said')] },
        { type: 'rich_text_preformatted', elements: [text('SELECT 1;\n  -- two')] },
      ],
    },
    [
      'bold',
      'code',
      ' <b>not</b> *parsed* ',
      'the console',
      ADDRESS,
      '@ann',
      '@U0NOBODY',
      '@oncall-db',
      '#db-migrations',
      '@T0PLAY',
      '@here',
      '🎉',
      '👋🏽',
      ':nobody_knows:',
      'on 20',
      '#C0FFEE',
      'third',
      'fourth',
      'point',
      'they said',
      'SELECT 1;\n  -- two',
    ],
  ],
  [
    {
      type: 'table',
      column_settings: [{ is_wrapped: true }, { align: 'right' }],
      rows: [
        [
          { type: 'raw_text', text: 'Job' },
          { type: 'raw_text', text: 'Percent' },
        ],
        [rich(text('orders', { bold: true })), { type: 'raw_number', value: 43, text: '43 %' }],
      ],
    },
    ['Job', 'Percent', 'orders', '43 %'],
  ],
  [{ ...picture, title: plain('Lag') }, ['A chart', 'Lag']],
  [
    {
      type: 'markdown',
      text: [
        '# Report',
        'with **strong**, *soft*, ~~gone~~, `code` and [a link](https://console.example)',
        '- one\n  - nested\n1. first\n> quoted\n---',
        '```sql\nSELECT <1>;\n```',
      ].join('\n'),
    },
    ['Report', 'strong', 'soft', 'gone', 'a link', 'nested', 'first', 'quoted', 'SELECT <1>;'],
  ],
]

function field(type: string, element: Json, reads: string[]): [block: Json, reads: string[]] {
  const label = `Label of ${type}`
  const hint = `Hint at ${type}`
  const block = { type: 'input', block_id: type, label: plain(label), hint: plain(hint) }
  return [
    { ...block, optional: true, element: { type, action_id: type, ...element } },
    [...reads, label, hint, '(optional)'],
  ]
}

const placeholder = plain('Say when')
const zeta = { ...option('Zeta'), description: marked('_last_') }

/** Each kind of block and element that is shown in a form, with what must be read in it. */
export const FORMS: [block: Json, reads: string[]][] = [
  [{ type: 'alert', level: 'warning', text: plain('It overwrites root') }, ['It overwrites root']],
  field('plain_text_input', { multiline: true, max_length: 20, placeholder }, ['Say when']),
  field('email_text_input', { placeholder, initial_value: 'a@b.example' }, ['a@b.example']),
  field('url_text_input', { initial_value: ADDRESS }, [ADDRESS]),
  field('number_input', { is_decimal_allowed: false, initial_value: '12' }, ['12']),
  field('static_select', { options, initial_option: options[1] }, ['Alpha', 'Beta', 'Gamma']),
  field('multi_static_select', { option_groups: groups }, ['Near', 'Delta', 'Far', 'Epsilon']),
  field('external_select', { placeholder, min_query_length: 0 }, ['Say when']),
  field('multi_external_select', { initial_options: [options[0]] }, ['Alpha']),
  field('users_select', { initial_user: 'U0ANN' }, ['@ann', '@bo']),
  field('multi_users_select', { initial_users: ['U0BO', 'U0ANN'] }, ['@ann', '@bo']),
  field('channels_select', {}, ['#db-migrations']),
  field('multi_channels_select', {}, ['#db-migrations']),
  field('conversations_select', { initial_conversation: 'C0MIGRATE' }, ['#db-migrations']),
  field('multi_conversations_select', {}, ['#db-migrations']),
  field('radio_buttons', { options }, ['Alpha', 'Beta', 'Gamma']),
  field('checkboxes', { options: [zeta] }, ['Zeta', 'last']),
  field('datepicker', { initial_date: '2029-01-02' }, ['2029-01-02']),
  field('timepicker', { initial_time: '07:30' }, ['07:30']),
  field('datetimepicker', { initial_date_time: 1_862_000_000 }, ['2029-01-0']),
]
