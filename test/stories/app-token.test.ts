import { expect, test } from 'vitest'
import { JOB, WAYS, type World, spawnBot, startPretendWorld, startWorld } from '../support/world.ts'

const SOCKET_WAYS = WAYS.filter(({ mode }) => mode === 'socket')

test.each(SOCKET_WAYS)(
  'Slack revokes the app token of a running bot: one sentence for the operator, exit code 1 ($engine)',
  async (way) => {
    const { ann, dts, env, slack } = await startPretendWorld(way)
    const bot = await spawnBot(env)
    dts.addJob({ id: JOB })
    await ann.asks(JOB)

    slack.faults.add('apps.connections.open', { error: 'invalid_auth', times: 1_000 })
    slack.dropSockets()
    expect(await bot.gone).toEqual([1, null])
    const sentence = /^Slack does not accept SLACK_APP_TOKEN: invalid_auth\. .+\n$/
    await expect.poll(() => bot.errors()).toMatch(sentence)
    expect(bot.errors()).not.toContain(env['SLACK_APP_TOKEN'])
  },
)

/** How Slack says that the app has too many connections. */
const TOO_MANY = {
  'instead of hello': ({ slack }: World): void => {
    slack.allowSockets(0)
    slack.dropSockets()
  },
  'after hello': ({ slack }: World): void => slack.disconnectSockets('too_many_websockets'),
}
const CASES = SOCKET_WAYS.flatMap((way) =>
  Object.entries(TOO_MANY).map(([when, refuse]) => ({ ...way, when, refuse })),
)

test.each(CASES)(
  'too many connections, said $when: the log names the token, and the bot comes back ($engine)',
  async ({ refuse, ...way }) => {
    const world = await startWorld(way)
    const { ann, bo, dts, slack, logs } = world
    dts.addJob({ id: JOB })
    const card = await ann.asks(JOB)

    refuse(world)
    const line = (): string | undefined => logs.find((one) => /too_many_websockets/.test(one))
    await expect.poll(line).toMatch(/^\{"level":50.*allows no more connections for SLACK_APP_TOKEN/)
    expect((await bo.tries.approves(card)).ok).toBe(false)

    slack.allowSockets(10)
    await slack.waitFor(() => slack.connections() === 2, 'the bot to come back')
    await bo.approves(card)
    await world.threadSays(/DTS accepted the start/)
  },
)
