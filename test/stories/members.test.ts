import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { TEAM } from '../../playground/workspace/workspace.ts'
import { asItWas, personIn } from '../support/person.ts'
import { CHANNEL, EACH_ONCE, JOB, type World, peopleIn, startWorld } from '../support/world.ts'

/* Who may look at jobs and ask: full members of the workspace. */

const GUEST = /Guests can't use \/dts\. Ask a full member/
const FOREIGN = /Only people in the workspace/
const GONE = /Bots and deactivated accounts/

const NOBODY = [
  { who: 'a guest', id: 'U0GIL', told: GUEST },
  { who: 'a partner of a shared channel', id: 'U0FAY', told: FOREIGN },
  { who: 'a bot', id: 'U0ROBOT', told: GONE },
  { who: 'somebody who was deactivated', id: 'U0LEFT', told: GONE },
]

function invite({ slack: { ws } }: World): void {
  ws.users.set('U0ROBOT', { id: 'U0ROBOT', name: 'robot', team: TEAM, bot: true })
  ws.users.set('U0LEFT', { id: 'U0LEFT', name: 'left', team: TEAM, deleted: true })
  for (const id of ['U0ROBOT', 'U0LEFT']) ws.channels.get(CHANNEL)?.members.add(id)
}

const WAYS = EACH_ONCE.flatMap((way) => NOBODY.map((one) => ({ ...way, ...one })))

test.each(WAYS)(
  '$who neither looks nor asks, but may read the help ($version, $mode, $engine)',
  async ({ id, told, ...way }) => {
    const world = await startWorld(way)
    invite(world)
    const { dts, slack } = world
    dts.addJob({ id: JOB, name: 'orders' })
    const them = personIn(slack, CHANNEL, id)
    await them.types('/dts help')
    await them.isTold(/\/dts start/)
    slack.ws.ephemerals.length = 0

    await them.types(`/dts status ${JOB}`)
    await them.isTold(told)
    slack.ws.ephemerals.length = 0
    await them.types(`/dts check ${JOB}`)
    await them.isTold(told)
    await them.types(`/dts start ${JOB}`)
    await them.formSays(told)
    await them.closesForm()
    await them.types('/dts start')
    await them.formSays(told)
    expect(dts.requests).toEqual([])
    const said = [...slack.ws.ephemerals, ...slack.ws.messages].map((one) => text(one))
    expect(said.join()).not.toMatch(/orders/)
  },
)

test.each(EACH_ONCE)(
  'a guest with a form that a member opened: nothing is listed, checked or asked for ($version, $mode, $engine)',
  async (way) => {
    const { ann, gil, dts, slack } = await startWorld(way)
    const { views, messages } = slack.ws
    const handOver = (): void => {
      views.set(
        gil.id,
        (views.get(ann.id) ?? []).map((form) => ({ ...form, user: gil.id })),
      )
      views.delete(ann.id)
    }
    dts.addJob({ id: JOB, status: 1 })
    dts.addJob({ id: 'dts-2ready' })
    await ann.types(`/dts start ${JOB}`)
    await ann.formSays(/\[Run the check\]/)
    handOver()
    const before = dts.requests.length
    await gil.presses('Run the check')
    await gil.formSays(GUEST)
    expect(dts.requests).toHaveLength(before)

    await ann.types('/dts start dts-2ready')
    await ann.formSays(/Why\?/)
    handOver()
    await gil.submits('because I can')
    await gil.formSays(GUEST)

    await ann.types('/dts start')
    await ann.formSays(/Region/)
    handOver()
    expect(await gil.looksFor('ready')).toEqual([])
    expect(dts.requests.filter(({ action }) => action === 'CreateMigrateCheckJob')).toEqual([])
    expect(messages).toEqual([])
  },
)

const GRID = [
  { shape: 'without a team', grid: { teams: [TEAM] } },
  {
    shape: 'with the team of another workspace',
    grid: { team: 'T0OTHER', teams: ['T0OTHER', TEAM] },
  },
  { shape: 'of the organization', grid: { team: 'T0OTHER', enterpriseTeams: [TEAM] } },
]

test.each(GRID)(
  'in an Enterprise Grid, people $shape ask and approve like everybody else',
  async ({ grid }) => {
    const world = await startWorld({ mode: 'socket', engine: 'sqlite' })
    const { slack, dts, ann, bo } = world
    dts.addJob({ id: JOB })
    for (const { id } of [ann, bo]) slack.ws.users.set(id, { id, name: id, ...grid })
    await ann.types(`/dts status ${JOB}`)
    await ann.isTold(/has passed its check/)
    await bo.approves(asItWas(await ann.asks(JOB)))
    await world.threadSays(/DTS accepted the start/)
  },
)

test('a partner of a shared channel decides nothing, although Slack calls nobody there a stranger', async () => {
  const world = await startWorld(
    { mode: 'socket', engine: 'sqlite' },
    { env: { DTS_APPROVERS: 'U0FAY' } },
  )
  world.dts.addJob({ id: JOB })
  const { ann, fay } = peopleIn(world.slack)
  await fay.approves(await ann.asks(JOB))
  await fay.isTold(FOREIGN)
  expect(text(world.card())).toMatch(/Waiting for approval/)
})
