import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { CHANNEL, JOB, peopleIn, startWorld } from '../support/world.ts'

const OFFERED = [{ text: 'orders', value: JOB, detail: `${JOB} has passed its check` }]
const HERE = { mode: 'socket', engine: 'sqlite' } as const

test('without an id a job is picked from the live list', async () => {
  const { ann, dts } = await startWorld(HERE)
  dts.addJob({ id: JOB, name: 'orders' })
  dts.addJob({ id: 'dts-2sessions', name: 'sessions' })
  await ann.types('/dts start')
  await ann.formSays(/Region/)
  expect(await ann.looksFor('ORD')).toEqual(OFFERED)
  await ann.picksJob(JOB)
  await ann.formSays(/orders[\s\S]*Why\?/)
})

test('while DTS does not list its jobs, the form says why instead of offering none', async () => {
  const { ann, dts } = await startWorld(HERE)
  dts.addJob({ id: JOB, name: 'orders' })
  await ann.types('/dts start')
  await ann.formSays(/Region/)
  const code = 'UnauthorizedOperation.NotEnoughPrivileges'
  for (const action of ['DescribeMigrateJobs', 'DescribeMigrationJobs']) {
    dts.fault({ action, kind: 'error', code })
  }
  await ann.looksFor('ord')
  await ann.formSays(/NotEnoughPrivileges[\s\S]*An operator's turn[\s\S]*\[Look again\]/)
  await ann.presses('Look again')
  await ann.formSays(/\[Name or id\]/)
  expect(await ann.looksFor('ord')).toEqual(OFFERED)
})

test('a job of another region is found by picking the region', async () => {
  const { ann, dts } = await startWorld(HERE)
  dts.addJob({ id: JOB, region: 'ap-shanghai' })
  await ann.types(`/dts start ${JOB}`)
  await ann.formSays(/DTS doesn't list dts-1kl0iy0v in ap-guangzhou[\s\S]*Another region\?/)
  await ann.picksRegion('ap-shanghai')
  await ann.formSays(/ap-shanghai[\s\S]*Why\?/)
})

test('the form and the card say from which instance to which, and what of it', async () => {
  const { ann, card, dts } = await startWorld(HERE)
  dts.addJob({
    id: JOB,
    source: {
      access: 'extranet',
      info: { Ip: 'db.example.com', Port: 3307, Region: 'ap-beijing' },
    },
    target: { database: 'cynosdbmysql', info: { InstanceId: 'cynosdbmysql-1a2b3c4d' } },
    databaseInfo: JSON.stringify([
      { Database: 'orders' },
      { Database: 'users', Table: [{ Name: 'people' }, { Name: 'teams' }] },
    ]),
  })
  dts.addJob({ id: 'dts-2whole' })
  const route =
    /From db\.example\.com:3307 \(mysql, extranet, ap-beijing\)\nTo cynosdbmysql-1a2b3c4d \(cynosdbmysql, cdb, ap-guangzhou\)\n2 databases \(2 named tables\): orders, users/
  await ann.types(`/dts start ${JOB}`)
  await ann.formSays(route)
  await ann.submits('quarterly move')
  await ann.types('/dts start dts-2whole')
  await ann.formSays(
    /From cdb-\w+ \(mysql[\s\S]*To cdb-\w+ \(mysql[\s\S]*Objects: the whole instance/,
  )
  expect(text(card())).toMatch(route)
})

test('a job that is running, or that somebody asked for, says so', async () => {
  const { ann, dts } = await startWorld(HERE)
  dts.addJob({ id: 'dts-running1', status: 7 })
  dts.addJob({ id: JOB })
  await ann.types('/dts start dts-running1')
  await ann.formSays(/can't be started: it is running/)
  await ann.asks(JOB)
  await ann.types(`/dts start ${JOB}`)
  await ann.formSays(/@U0ANN already asked for this job in [@#]C0MIGRATE/)
})

test('an oversized or empty reason is an error at its field, and nothing is asked', async () => {
  const { ann, dts, slack } = await startWorld(HERE)
  const { people, ws } = slack
  dts.addJob({ id: JOB })
  await ann.types(`/dts start ${JOB}`)
  await ann.formSays(/Why\?/)
  const open = ws.topView(ann.id)
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
        user: { id: ann.id, team_id: 'T0PLAY' },
        api_app_id: payload?.['api_app_id'],
        view,
      },
    })
    expect(answer.response).toMatchObject({ response_action: 'errors' })
  }
  expect(ws.messages).toEqual([])
})

test('where the bot is not, the form says how to invite it', async () => {
  const { dts, slack } = await startWorld(HERE)
  dts.addJob({ id: JOB })
  for (const channel of ['C0RANDOM', 'G0SECRET']) {
    const { ann } = peopleIn(slack, channel)
    await ann.types(`/dts start ${JOB}`)
    await ann.formSays(/^I'm not in this channel[\s\S]*\/invite @dts/)
    await ann.closesForm()
  }
})

test('a form that opened although Slack did not say so is filled all the same', async () => {
  const { ann, dts, slack } = await startWorld(HERE)
  dts.addJob({ id: JOB })
  slack.faults.add('views.open', { status: 500, when: 'after', times: 1 })
  await ann.types(`/dts start ${JOB}`)
  await ann.formSays(/Why\?/)
  expect(slack.ws.ephemerals).toEqual([])
})

test('a form that Slack did not open: people are told when to try again', async () => {
  const { ann, dts, slack } = await startWorld(HERE)
  dts.addJob({ id: JOB })
  slack.faults.add('views.open', { status: 429, retryAfter: 5, times: 1 })
  await ann.types(`/dts start ${JOB}`)
  await ann.isTold(/Slack is having trouble[\s\S]*Try again in 5 s/)
})

test('if Slack rejects what goes into a form, only its reader is told, in the channel', async () => {
  const { ann, dts, slack } = await startWorld(HERE)
  dts.addJob({ id: JOB })
  slack.faults.add('views.update', { status: 500, times: 2 })
  await ann.types(`/dts start ${JOB}`)
  await ann.isTold(/Slack is having trouble[\s\S]*HTTP 500/)
})

test('if Slack rejects what a button of a form brings, a direct message says so', async () => {
  const { ann, dts, slack } = await startWorld(HERE)
  dts.addJob({ id: JOB, status: 1 })
  await ann.types(`/dts start ${JOB}`)
  await ann.formSays(/Look again/)
  slack.faults.add('views.update', { status: 500, times: 2 })
  await ann.presses('Look again')
  await ann.getsMessage(/Slack is having trouble[\s\S]*HTTP 500/)
})

test('a default channel takes what is typed where the bot is not', async () => {
  const { dts, slack } = await startWorld(HERE, { env: { SLACK_CHANNEL: CHANNEL } })
  dts.addJob({ id: JOB })
  const { ann } = peopleIn(slack, 'C0RANDOM')
  await ann.types(`/dts start ${JOB}`)
  await ann.formSays(/will be posted in [@#]C0MIGRATE/)
})

test('a missing scope is named with the way out', async () => {
  const { ann, dts, slack } = await startWorld(HERE)
  slack.ws.scopes.delete('channels:read')
  dts.addJob({ id: JOB })
  await ann.types(`/dts start ${JOB}`)
  await ann.formSays(/lacks the scope channels:read[\s\S]*reinstall/)
})

test('help, status, a bad id, nonsense', async () => {
  const { ann, dts } = await startWorld(HERE)
  dts.addJob({ id: JOB, name: 'orders', status: 7 })
  await ann.types('/dts dance')
  await ann.isTold(/I don't know dance\. This is what I know:[\s\S]*\/dts status/)
  await ann.types('/dts strat')
  await ann.isTold(/I don't know strat\. Did you mean \/dts start\?/)
  await ann.types(`/dts approve ${JOB}`)
  await ann.isTold(/Approve with the button on the card/)
  await ann.types(`/dts status \`${JOB.toUpperCase()}\`.`)
  await ann.isTold(/orders is running/)
  await ann.types(`/dts status ${JOB}`)
  await ann.isTold(/orders is running[\s\S]*Nobody has asked me to start it/)
  await ann.types('/dts start DROP-TABLE')
  await ann.isTold(/DROP-TABLE is not a job id/)
})

test('a fault of ours is an apology with an incident id that the log has', async () => {
  const { ann, dts, slack, logs } = await startWorld(HERE)
  dts.addJob({ id: JOB })
  slack.faults.add('views.open', { error: 'invalid_auth', times: 1 })
  await ann.types(`/dts start ${JOB}`)
  const told = await ann.isTold(/it is not your fault[\s\S]*incident id/)
  const incident = /incident id: (\w+)/.exec(told)?.[1]
  const line = logs.find((one) => one.includes(`"incident":"${incident}"`))
  expect(line).toMatch(/invalid_auth[\s\S]*command failed/)
})

test('a button that nobody listens to says that it is dead', async () => {
  const { ann, bo, dts } = await startWorld(HERE)
  dts.addJob({ id: JOB })
  const card = await ann.asks(JOB)
  const old = { type: 'button', action_id: 'old_button', text: { type: 'plain_text', text: 'Old' } }
  const stale = { ...card, blocks: [{ type: 'actions', block_id: 'b', elements: [old] }] }
  await bo.presses('Old', stale)
  await bo.isTold(/no longer active/)
})

test('a channel that is archived meanwhile: the requester gets a direct message', async () => {
  const { ann, dts, slack } = await startWorld(HERE)
  dts.addJob({ id: JOB })
  await ann.types(`/dts start ${JOB}`)
  await ann.formSays(/Why\?/)
  const channel = slack.ws.channels.get(CHANNEL)
  if (channel) channel.archived = true
  await ann.submits('because')
  await ann.getsMessage(/Request not posted[\s\S]*is_archived/)
})

test('a lost answer to the card is looked up: one card, not two', async () => {
  const world = await startWorld(HERE)
  const { ann, bo, dts, slack } = world
  dts.addJob({ id: JOB })
  slack.faults.add('chat.postMessage', { status: 500, when: 'after', times: 1 })
  await bo.rejects(await ann.asks(JOB), 'no')
  await world.cardSays(/Rejected/)
  expect(slack.ws.messages.filter((m) => !m.threadTs)).toHaveLength(1)
})

test('many jobs are read in pages, none is missed', async () => {
  const { ann, bo, dts, slack } = await startWorld(HERE)
  for (let n = 0; n < 120; n++) dts.addJob({ id: `dts-other${n}` })
  const ids = ['dts-watched1', 'dts-watched2', 'dts-watched3', 'dts-watched4']
  for (const id of ids) {
    dts.addJob({ id, name: id, migrateType: 2, durationMs: 60_000 })
    await bo.approves(await ann.asks(id))
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
