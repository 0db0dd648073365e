import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { ANN, BO, CHANNEL, type Town, startTown } from '../support/town.ts'

const JOB = 'dts-1kl0iy0v'
const OFFERED = [{ text: 'orders', value: JOB, detail: `${JOB} has passed its check` }]
const HERE = { mode: 'socket', engine: 'sqlite' } as const

async function typed(town: Town, words: string, channel = CHANNEL) {
  return town.slack.people.command(ANN, channel, `/dts ${words}`)
}

test('without an id a job is picked from the live list', async () => {
  const town = await startTown(HERE)
  const { people } = town.slack
  town.dts.addJob({ id: JOB, name: 'orders' })
  town.dts.addJob({ id: 'dts-2sessions', name: 'sessions' })
  await typed(town, 'start')
  await town.form(/Region/)
  expect(await people.suggest(ANN, 'dts_job', 'ORD')).toEqual(OFFERED)
  await people.choose(ANN, 'dts_job', JOB)
  await town.form(/orders[\s\S]*Why\?/)
})

test('while DTS does not list its jobs, the form says why instead of offering none', async () => {
  const town = await startTown(HERE)
  const { people } = town.slack
  town.dts.addJob({ id: JOB, name: 'orders' })
  await typed(town, 'start')
  await town.form(/Region/)
  const code = 'UnauthorizedOperation.NotEnoughPrivileges'
  town.dts.fault({ action: 'DescribeMigrateJobs', kind: 'error', code })
  await people.suggest(ANN, 'dts_job', 'ord')
  await town.form(/NotEnoughPrivileges[\s\S]*An operator's turn[\s\S]*\[Look again\]/)
  await people.press(ANN, 'dts_look_again')
  await town.form(/\[Name or id\]/)
  expect(await people.suggest(ANN, 'dts_job', 'ord')).toEqual(OFFERED)
})

test('a job of another region is found by picking the region', async () => {
  const town = await startTown(HERE)
  town.dts.addJob({ id: JOB, region: 'ap-shanghai' })
  await typed(town, `start ${JOB}`)
  await town.form(/is not known in ap-guangzhou[\s\S]*Another region\?/)
  await town.slack.people.choose(ANN, 'dts_region', 'ap-shanghai')
  await town.form(/ap-shanghai[\s\S]*Why\?/)
})

test('a job that runs already, or that somebody asked for, says so', async () => {
  const town = await startTown(HERE)
  town.dts.addJob({ id: 'dts-running1', status: 7 })
  town.dts.addJob({ id: JOB })
  await typed(town, 'start dts-running1')
  await town.form(/is running already/)
  await town.ask(JOB)
  await typed(town, `start ${JOB}`)
  await town.form(/@U0ANN already asked for this job in [@#]C0MIGRATE/)
})

test('an oversized or empty reason is an error at its field, and nothing is asked', async () => {
  const town = await startTown(HERE)
  const { people, ws } = town.slack
  town.dts.addJob({ id: JOB })
  await typed(town, `start ${JOB}`)
  await town.form(/Why\?/)
  people.fill(ANN, 'dts_reason', 'fits')
  const open = ws.topView(ANN)
  if (!open) throw new Error('no form')
  for (const value of ['x'.repeat(501), '   ']) {
    const view = { ...open.view, state: { values: { dts_reason: { dts_reason: { value } } } } }
    const { payload } = ws.deliveries[0] ?? {}
    const answer = await people.redeliver({
      id: 'forged',
      kind: 'interactive',
      payload: {
        type: 'view_submission',
        team: { id: 'T0PLAY' },
        user: { id: ANN, team_id: 'T0PLAY' },
        api_app_id: payload?.['api_app_id'],
        view,
      },
    })
    expect(answer.response).toMatchObject({ response_action: 'errors' })
  }
  expect(ws.messages).toEqual([])
})

test('where the bot is not, the form says how to invite it', async () => {
  const town = await startTown(HERE)
  town.dts.addJob({ id: JOB })
  for (const channel of ['C0RANDOM', 'G0SECRET']) {
    await typed(town, `start ${JOB}`, channel)
    await town.form(/^I am not in this channel[\s\S]*\/invite @dts/)
    await town.slack.people.closeView(ANN)
  }
})

test('a form that opened although Slack did not say so is filled all the same', async () => {
  const town = await startTown(HERE)
  town.dts.addJob({ id: JOB })
  town.slack.faults.add('views.open', { status: 500, when: 'after', times: 1 })
  await typed(town, `start ${JOB}`)
  await town.form(/Why\?/)
  expect(town.slack.ws.ephemerals).toEqual([])
})

test('a form that Slack did not open: people are told when to try again', async () => {
  const town = await startTown(HERE)
  town.dts.addJob({ id: JOB })
  town.slack.faults.add('views.open', { status: 429, retryAfter: 5, times: 1 })
  await typed(town, `start ${JOB}`)
  await town.privately(ANN, /Slack has trouble just now[\s\S]*Try again in 5 s/)
})

test('a form that Slack will not draw is told in private', async () => {
  const town = await startTown(HERE)
  town.dts.addJob({ id: JOB })
  town.slack.faults.add('views.update', { status: 500, times: 2 })
  await typed(town, `start ${JOB}`)
  await town.privately(ANN, /Slack has trouble just now[\s\S]*HTTP 500/)
})

test('a form that Slack will not draw anew is told in a direct message', async () => {
  const town = await startTown(HERE)
  const { slack } = town
  town.dts.addJob({ id: JOB, status: 1 })
  await typed(town, `start ${JOB}`)
  await town.form(/Look again/)
  slack.faults.add('views.update', { status: 500, times: 2 })
  await slack.people.press(ANN, 'dts_look_again')
  const told = await slack.waitFor(
    () => slack.ws.messages.find((m) => m.channel === 'D0ANN'),
    'a direct message',
  )
  expect(text(told)).toMatch(/Slack has trouble just now[\s\S]*HTTP 500/)
})

test('a default channel takes what is typed where the bot is not', async () => {
  const town = await startTown(HERE, { env: { SLACK_CHANNEL: CHANNEL } })
  town.dts.addJob({ id: JOB })
  await typed(town, `start ${JOB}`, 'C0RANDOM')
  await town.form(/The question goes to [@#]C0MIGRATE/)
})

test('a missing scope is named with the way out', async () => {
  const town = await startTown(HERE)
  town.slack.ws.scopes.delete('channels:read')
  town.dts.addJob({ id: JOB })
  await typed(town, `start ${JOB}`)
  await town.form(/lacks the scope channels:read[\s\S]*reinstall/)
})

test('help, status, a bad id, nonsense, and a fault of ours', async () => {
  const town = await startTown(HERE)
  town.dts.addJob({ id: JOB, name: 'orders', status: 7 })
  await typed(town, 'dance')
  await town.privately(ANN, /\/dts status/)
  await typed(town, `status ${JOB}`)
  await town.privately(ANN, /orders is running already[\s\S]*Nobody asked me to start it/)
  await typed(town, 'start DROP-TABLE')
  await town.privately(ANN, /DROP-TABLE is not a job id/)
  await typed(town, 'boom')
  const told = await town.privately(ANN, /incident id/)
  const incident = /incident id: (\w+)/.exec(told)?.[1]
  expect(town.logs.some((line) => line.includes(String(incident)) && /boom/.test(line))).toBe(true)
})

test('a button that nobody listens to says that it is dead', async () => {
  const town = await startTown(HERE)
  town.dts.addJob({ id: JOB })
  const card = await town.ask(JOB)
  const old = { type: 'button', action_id: 'old_button', text: { type: 'plain_text', text: 'Old' } }
  const stale = { ...card, blocks: [{ type: 'actions', block_id: 'b', elements: [old] }] }
  expect((await town.slack.people.click(BO, stale, 'old_button', true)).ok).toBe(true)
  await town.privately(BO, /no longer active/)
})

test('a channel that is archived meanwhile: the requester is told in private', async () => {
  const town = await startTown(HERE)
  const { slack } = town
  town.dts.addJob({ id: JOB })
  await typed(town, `start ${JOB}`)
  await town.form(/Why\?/)
  slack.people.fill(ANN, 'dts_reason', 'because')
  const channel = slack.ws.channels.get(CHANNEL)
  if (channel) channel.archived = true
  await slack.people.submit(ANN)
  const told = await slack.waitFor(
    () => slack.ws.messages.find((m) => m.channel === 'D0ANN'),
    'a direct message',
  )
  expect(text(told)).toMatch(/Not asked[\s\S]*is_archived/)
})

test('a lost answer to the card is looked up: one card, not two', async () => {
  const town = await startTown(HERE)
  town.dts.addJob({ id: JOB })
  town.slack.faults.add('chat.postMessage', { status: 500, when: 'after', times: 1 })
  const card = await town.ask(JOB)
  await town.slack.people.click(BO, card, 'dts_reject')
  await town.slack.waitFor(() => town.slack.ws.topView(BO), 'the form')
  town.slack.people.fill(BO, 'dts_reject_reason', 'no')
  await town.slack.people.submit(BO)
  await town.cardSays(/Rejected/)
  expect(town.slack.ws.messages.filter((m) => !m.threadTs)).toHaveLength(1)
})

test('many jobs are read in pages, none is missed', async () => {
  const town = await startTown(HERE)
  const { dts, slack } = town
  for (let n = 0; n < 120; n++) dts.addJob({ id: `dts-other${n}` })
  const ids = ['dts-watched1', 'dts-watched2', 'dts-watched3', 'dts-watched4']
  for (const id of ids) {
    dts.addJob({ id, name: id, migrateType: 2, durationMs: 60_000 })
    await typed(town, `start ${id}`)
    await town.form(new RegExp(`${id}[\\s\\S]*Why`))
    slack.people.fill(ANN, 'dts_reason', 'all at once')
    await slack.people.submit(ANN)
    const asked = await slack.waitFor(
      () => slack.ws.messages.find((m) => !m.threadTs && m.text.includes(id)),
      `the card of ${id}`,
    )
    await slack.people.click(BO, asked, 'dts_approve')
  }
  const says = (id: string, words: RegExp) =>
    slack.waitFor(
      () => slack.ws.messages.find((m) => text(m).includes(id) && words.test(text(m))),
      `${id} to say ${words}`,
    )
  for (const id of ids) await says(id, /Accepted|Running/)
  dts.skip(200_000)
  for (const id of ids) await says(id, /✅ Done/)
  const pages = dts.requests.filter((one) => one.params?.['Offset'] === 100)
  expect(pages.length).toBeGreaterThan(0)
})
