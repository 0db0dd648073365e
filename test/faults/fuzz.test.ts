import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import type { Delivery } from '../../playground/workspace/records.ts'
import { ids } from '../../src/views/ids.ts'
import { ANN, CHANNEL, type World, startWorld } from '../support/world.ts'

/* Whatever people type, click or submit, they get a sentence, and the bot keeps running. */

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

test('any text after /dts gets an answer that is not an incident', async () => {
  const world = await startWorld(WAY)
  await fc.assert(
    fc.asyncProperty(fc.oneof(typed, typed, anything), async (words) => {
      const answer = await answered(world, () =>
        world.slack.people.command(ANN, CHANNEL, `/dts ${words}`),
      )
      expect(answer).not.toMatch(/incident/)
    }),
    { numRuns: 120, endOnFailure: true, examples: [[`status ${JOB} ap-1`], [`start ${JOB} ap-1`]] },
  )
})

/** Slack allows 3,000 characters. */
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
const { approve, reject, tookEffect, noEffect, stopWatching, job, region, runCheck, lookAgain } =
  ids
const what = fc.oneof(
  fc.record({
    type: fc.constant('view_submission'),
    id: fc.oneof(fc.constantFrom(startForm, rejectForm), anything),
  }),
  fc.record({
    type: fc.constantFrom('block_actions', 'block_actions in a form'),
    id: fc.oneof(
      fc.constantFrom(approve, reject, tookEffect, noEffect, stopWatching),
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

test('what no version of the bot drew gets an answer that is not an incident', async () => {
  const world = await startWorld(WAY)
  world.dts.addJob({ id: JOB })
  const payloads = await honest(world)
  await fc.assert(
    fc.asyncProperty(garbled, async (one) => {
      const said = await (one.what.type === 'view_submission' ? submit : click)(
        world,
        payloads,
        one,
      )
      expect(said).not.toMatch(/incident/)
    }),
    { numRuns: 150, endOnFailure: true },
  )
  await keepsRunning(world)
})

test('payloads with parts missing or swapped do not bring the bot down', async () => {
  const world = await startWorld(WAY)
  world.dts.addJob({ id: JOB })
  const payloads = await honest(world)
  const part = fc.constantFrom('user', 'view', 'actions', 'team', 'container', 'trigger_id', 'type')
  const broken = fc.tuple(
    garbled,
    fc.dictionary(part, fc.option(fc.jsonValue(), { nil: undefined })),
  )
  await fc.assert(
    fc.asyncProperty(broken, async ([one, parts]) => {
      // Not awaited: it may never be acknowledged.
      void send(world, { ...garble(payloads, one), ...parts })
      return Promise.resolve()
    }),
    { numRuns: 200, endOnFailure: true },
  )
  await keepsRunning(world)
})

/** What the bot answers to a submission, in the form. */
async function submit(world: World, payloads: Payloads, one: Garbled): Promise<string> {
  const { ok, response } = await send(world, garble(payloads, one))
  expect(ok).toBe(true)
  expect(response).toHaveProperty('response_action')
  return JSON.stringify(response)
}

/** What the bot answers to a click, on a card or in a form that is open. */
async function click(world: World, payloads: Payloads, one: Garbled): Promise<string> {
  const { people, ws } = world.slack
  const before = ws.ephemerals.length
  // A response_url works five times, a trigger_id once: each click needs new ones.
  const { payload } = await people.click(ANN, world.card(), ids.approve)
  await world.slack.waitFor(() => ws.ephemerals.length > before, 'a refusal')
  const form = one.what.type === 'block_actions in a form' ? await openForm(world) : {}
  const fresh = { ...payloads, block_actions: payload }
  return answered(world, () => send(world, garble(fresh, one, form)))
}

async function openForm(world: World): Promise<object> {
  await world.slack.people.command(ANN, CHANNEL, '/dts start')
  await world.form(/Name or id/)
  const { id, hash } = world.slack.ws.topView(ANN)?.view ?? {}
  return { id, hash }
}

/** The answer to this: an ephemeral message, or a form, which is closed again. */
async function answered({ slack }: World, act: () => Promise<Delivery>): Promise<string> {
  const { ws, people } = slack
  const before = ws.ephemerals.length
  const drawn = ws.topView(ANN)?.view.hash
  expect(await act()).toMatchObject({ ok: true })
  const said = await slack.waitFor(() => {
    const whisper = ws.ephemerals[before]
    if (whisper) return text(whisper)
    const form = ws.topView(ANN)
    const shown = form && form.view.hash !== drawn && text(form.view)
    return shown && !/Looking|Checking/.test(shown) && shown
  }, 'an answer')
  if (ws.topView(ANN)) await people.closeView(ANN)
  return said
}

async function keepsRunning(world: World): Promise<void> {
  const { people, ws } = world.slack
  const helped = () => ws.ephemerals.filter((one) => /\/dts start/.test(text(one))).length
  const before = helped()
  await people.command(ANN, CHANNEL, '/dts help')
  await world.slack.waitFor(() => helped() > before, 'help')
  expect(world.dts.starts(JOB)).toBe(0)
  expect(text(world.card())).toMatch(/Waiting for approval/)
}

type Payloads = { block_actions: Delivery['payload']; view_submission: Delivery['payload'] }

/** A click and a submission as Slack sends them, to be garbled. */
async function honest(world: World): Promise<Payloads> {
  const card = await world.ask(JOB)
  await world.slack.people.click(ANN, card, ids.approve)
  const of = (type: string) => {
    const found = world.slack.ws.deliveries.find(({ payload }) => payload['type'] === type)
    if (!found) throw new Error(`no ${type}`)
    return found.payload
  }
  return { block_actions: of('block_actions'), view_submission: of('view_submission') }
}

/** `form`: the id and hash of the form that is open, where the click is in one. */
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

async function send({ slack }: World, payload: Delivery['payload']): Promise<Delivery> {
  return slack.people.redeliver({ id: randomUUID(), kind: 'interactive', payload })
}
