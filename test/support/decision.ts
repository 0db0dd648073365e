import { text } from '../../playground/workspace/read.ts'
import { type Person, asItWas } from './person.ts'
import { JOB, startWorld } from './world.ts'

/** Ann has asked for a start, by the card `asked`. Bo is on call, Chen is named by id, Dee is neither. */
export async function startDecision() {
  const world = await startWorld(
    { mode: 'socket', engine: 'sqlite' },
    { env: { DTS_APPROVERS: 'S0ONCALL,U0CHEN' } },
  )
  const { ws } = world.slack
  ws.groups.set('S0ONCALL', { handle: 'oncall-db', users: ['U0BO', 'U0GIL'] })
  world.dts.addJob({ id: JOB })
  const asked = asItWas(await world.ann.asks(JOB))

  /** What the person is told for doing that, in private or in a form, which is closed again. */
  const answer = async (person: Person, act: () => Promise<unknown>): Promise<string> => {
    const before = ws.ephemerals.length
    await act()
    const said = await world.slack.waitFor(() => {
      const whisper = ws.ephemerals.slice(before).find(({ user }) => user === person.id)
      const shown = whisper ?? ws.topView(person.id)?.view
      return shown && !LOADING.test(text(shown)) && text(shown)
    }, `an answer to ${person.id}`)
    if (ws.topView(person.id)) await person.closesForm()
    return said
  }
  return { ...world, asked, answer }
}

const LOADING = /^Checking whether/
