import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import type { Delivery } from '../../playground/workspace/records.ts'
import { ids } from '../../src/views/ids.ts'
import { ANN, CHANNEL, type Town, startTown } from '../support/town.ts'

/* Whatever is typed, clicked or submitted: the bot lives on, and the person gets a sentence. */

const JOB = 'dts-1kl0iy0v'
const WAY = { mode: 'socket', engine: 'sqlite' } as const

const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', minLength: 3000, maxLength: 4000 }),
)
const word = fc.oneof(
  anything,
  fc.constantFrom(
    JOB,
    `${JOB}é`,
    JOB.toUpperCase(),
    'ap-guangzhou',
    'ap-1',
    'aa-b-c-d',
    'x-1',
    '<@U0BO>',
  ),
  fc.stringMatching(/^dts-[a-z0-9]{0,70}$/),
  fc.stringMatching(/^[a-z]{2}(-[a-z0-9]{1,31}){1,3}$/),
)
const typed = fc
  .tuple(
    fc.constantFrom('start', 'status', 'STATUS', 'help', 'stop', '', ' '),
    fc.array(word, { maxLength: 3 }),
  )
  .map(([verb, words]) => [verb, ...words].join(' '))

test('any text behind /dts is answered, and none of it is the fault of the bot', async () => {
  const town = await startTown(WAY)
  await fc.assert(
    fc.asyncProperty(fc.oneof(typed, typed, anything), async (words) => {
      fc.pre(!/^\s*boom(\s|$)/i.test(words))
      const answer = await answered(town, () =>
        town.slack.people.command(ANN, CHANNEL, `/dts ${words}`),
      )
      expect(answer).not.toMatch(/incident/)
    }),
    { numRuns: 120, endOnFailure: true, examples: [[`status ${JOB} ap-1`], [`start ${JOB} ap-1`]] },
  )
})

/** Slack takes no more than 3,000 characters. */
const metadata = fc
  .oneof(
    anything,
    fc.json(),
    fc
      .record(
        { channel: anything, region: word, jobId: word, digest: anything },
        { requiredKeys: [] },
      )
      .map((memory) => JSON.stringify(memory)),
  )
  .filter((value) => value.length <= 3000)
const { startForm, rejectForm } = ids
const { approve, reject, itStarted, didNotStart, letGo, job, region, runCheck, lookAgain } = ids
const what = fc.oneof(
  fc.record({
    type: fc.constant('view_submission'),
    id: fc.oneof(fc.constantFrom(startForm, rejectForm), anything),
  }),
  fc.record({
    type: fc.constantFrom('block_actions', 'block_actions in a form'),
    id: fc.oneof(
      fc.constantFrom(approve, reject, itStarted, didNotStart, letGo),
      fc.constantFrom(job, region, runCheck, lookAgain),
      anything,
    ),
  }),
)
const garbled = fc.record({
  what,
  value: fc.oneof(anything, fc.constant(`${randomUUID()}:1`)),
  metadata,
  values: fc.oneof(
    fc.dictionary(fc.string(), fc.dictionary(fc.string(), fc.jsonValue())),
    fc.record({ [ids.reason]: fc.record({ [ids.reason]: fc.record({ value: fc.jsonValue() }) }) }),
    fc.jsonValue().filter((value) => value !== null),
  ),
})
type Garbled = typeof garbled extends fc.Arbitrary<infer T> ? T : never

test('what no version of the bot drew is answered, and none of it is its fault', async () => {
  const town = await startTown(WAY)
  town.dts.addJob({ id: JOB })
  const payloads = await honest(town)
  await fc.assert(
    fc.asyncProperty(garbled, async (one) => {
      const said = await (one.what.type === 'view_submission' ? submit : click)(town, payloads, one)
      expect(said).not.toMatch(/incident/)
    }),
    { numRuns: 150, endOnFailure: true },
  )
  await livesOn(town)
})

test('payloads with parts missing or exchanged do not bring the bot down', async () => {
  const town = await startTown(WAY)
  town.dts.addJob({ id: JOB })
  const payloads = await honest(town)
  const part = fc.constantFrom('user', 'view', 'actions', 'team', 'container', 'trigger_id', 'type')
  const broken = fc.tuple(
    garbled,
    fc.dictionary(part, fc.option(fc.jsonValue(), { nil: undefined })),
  )
  await fc.assert(
    fc.asyncProperty(broken, async ([one, parts]) => {
      // Nobody waits for what may never be acknowledged.
      void send(town, { ...garble(payloads, one), ...parts })
      return Promise.resolve()
    }),
    { numRuns: 200, endOnFailure: true },
  )
  await livesOn(town)
})

/** What the answer to a submission puts into the form. */
async function submit(town: Town, payloads: Payloads, one: Garbled): Promise<string> {
  const { ok, response } = await send(town, garble(payloads, one))
  expect(ok).toBe(true)
  expect(response).toHaveProperty('response_action')
  return JSON.stringify(response)
}

/** What people are told for a click, on a card or in a form that is open. */
async function click(town: Town, payloads: Payloads, one: Garbled): Promise<string> {
  if (one.what.type === 'block_actions in a form') {
    const form = await openForm(town)
    return answered(town, () => send(town, garble(payloads, one, form)))
  }
  const { people, ws } = town.slack
  const before = ws.ephemerals.length
  // The address for answers is good five times only.
  const { payload } = await people.click(ANN, town.card(), ids.approve)
  await town.slack.waitFor(() => ws.ephemerals.length > before, 'a no')
  return answered(town, () => send(town, garble({ ...payloads, block_actions: payload }, one)))
}

async function openForm(town: Town): Promise<object> {
  await town.slack.people.command(ANN, CHANNEL, '/dts start')
  await town.form(/Name or id/)
  const { id, hash } = town.slack.ws.topView(ANN)?.view ?? {}
  return { id, hash }
}

/** What people are told for this: in an ephemeral message, or in a form, which is closed again. */
async function answered({ slack }: Town, act: () => Promise<Delivery>): Promise<string> {
  const { ws, people } = slack
  const before = ws.ephemerals.length
  const drawn = ws.topView(ANN)?.view.hash
  expect(await act()).toMatchObject({ ok: true })
  const said = await slack.waitFor(() => {
    const whisper = ws.ephemerals[before]
    if (whisper) return text(whisper)
    const form = ws.topView(ANN)
    const shown = form && form.view.hash !== drawn && text(form.view)
    return shown && !/Looking/.test(shown) && shown
  }, 'an answer')
  if (ws.topView(ANN)) await people.closeView(ANN)
  return said
}

async function livesOn(town: Town): Promise<void> {
  const { people, ws } = town.slack
  const helped = () => ws.ephemerals.filter((one) => /\/dts start/.test(text(one))).length
  const before = helped()
  await people.command(ANN, CHANNEL, '/dts help')
  await town.slack.waitFor(() => helped() > before, 'help')
  expect(town.dts.starts(JOB)).toBe(0)
  expect(text(town.card())).toMatch(/Waiting for approval/)
}

type Payloads = { block_actions: Delivery['payload']; view_submission: Delivery['payload'] }

/** A click and a submission as Slack sends them, to be spoilt. */
async function honest(town: Town): Promise<Payloads> {
  const card = await town.ask(JOB)
  await town.slack.people.click(ANN, card, ids.approve)
  const of = (type: string) => {
    const found = town.slack.ws.deliveries.find(({ payload }) => payload['type'] === type)
    if (!found) throw new Error(`no ${type}`)
    return found.payload
  }
  return { block_actions: of('block_actions'), view_submission: of('view_submission') }
}

/** `form`: what tells the form that is open from the one in the payload. */
function garble(payloads: Payloads, { what: { type, id }, value, ...rest }: Garbled, form = {}) {
  const { block_actions: click, view_submission: submission } = payloads
  const before = submission['view'] as Delivery['payload']
  const view = { ...before, private_metadata: rest.metadata, state: { values: rest.values } }
  if (type === 'view_submission') return { ...submission, view: { ...view, callback_id: id } }
  const [action] = click['actions'] as Delivery['payload'][]
  const selected_option = { value }
  const actions = [{ ...action, action_id: id, value, selected_option }]
  return { ...click, actions, ...(type === 'block_actions' ? {} : { view: { ...view, ...form } }) }
}

async function send({ slack }: Town, payload: Delivery['payload']): Promise<Delivery> {
  return slack.people.redeliver({ id: randomUUID(), kind: 'interactive', payload })
}
