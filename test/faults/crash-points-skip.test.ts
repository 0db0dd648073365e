import { expect, test } from 'vitest'
import { text } from '../../playground/workspace/read.ts'
import { startCrashing } from '../support/crashing.ts'
import { asItWas } from '../support/person.ts'
import { JOB, startPretendWorld } from '../support/world.ts'

/* The bot is killed while it skips an item of a check, and while DTS checks again. */

const PATIENCE = { patienceMs: 3_000, waitMs: 60_000 }
const REASON = 'the setting is ours'
/** The attempt is on disk but the call was never sent. Nobody can know that, so nobody sends it. */
const NOT_SENT = ['decided attempted', 'attempted']
const CRASHES = [
  'decided approved',
  'looked',
  ...NOT_SENT,
  'answered',
  'undecided accepted',
  'decided accepted',
  'undecided checkBegun',
  'decided checkBegun',
]

test.each(CRASHES)(
  'to skip, killed at "%s": after a restart it is done once',
  { timeout: 120_000 },
  async (crash) => {
    const way = { mode: 'socket', engine: 'sqlite' } as const
    const world = await startPretendWorld(way, { GRACE: '2000' }, PATIENCE)
    const { ann, bo, slack, dts, cardSays } = world
    dts.addJob({
      id: JOB,
      knownTo: ['2021-12-06'],
      status: 'created',
      checkMs: 60_000,
      checkItems: [{ step: 'OptimizeCheck', message: 'statistics are ON', skippable: true }],
    })
    const { second, insist } = await startCrashing(world.env, crash)
    const calls = () => dts.requests.filter((one) => one.action === 'SkipCheckItem')
    const ask = async () => {
      await ann.presses('Skip items…', checked)
      await ann.formSays(/What to skip/)
      await slack.people.choose(ann.id, 'dts_skip_items', ['OptimizeCheck'])
      await ann.submits(REASON)
      return asItWas(await cardSays(/Waiting for approval to skip/))
    }

    await ann.types(`/dts check ${JOB}`)
    await cardSays(/Checking \d+ %/)
    dts.skip(60_000)
    const checked = asItWas(await cardSays(/Check not passed/))
    const asked = await ask()
    await insist(() => bo.tries.approves(asked))
    if (NOT_SENT.includes(crash)) {
      await cardSays(/✖ Did not skip/)
      expect(calls()).toEqual([])
      await bo.approves(await ask())
    }
    await cardSays(/Checking \d+ %[\s\S]*asked to skip/)
    await second
    dts.skip(60_000)
    await cardSays(/✅ Check passed[\s\S]*asked to skip/)
    expect(calls().map(({ effective }) => effective)).toEqual([true])
    const thread = slack.ws.messages.filter((m) => m.threadTs).map((m) => text(m))
    expect(thread.filter((said) => /@U0ANN: Check passed/.test(said))).toHaveLength(1)
  },
)
