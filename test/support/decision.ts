import { text } from '../../playground/workspace/read.ts'
import { type Town, startTown } from './town.ts'

export const JOB = 'dts-1kl0iy0v'
export const CHEN = 'U0CHEN'
export const DEE = 'U0DEE'

/** Ann has asked for a start. Bo is on call, Chen is named by id, Dee is neither. */
export async function startDecision() {
  const town = await startTown(
    { mode: 'socket', engine: 'sqlite' },
    { env: { DTS_APPROVERS: `S0ONCALL,${CHEN}` } },
  )
  const { slack } = town
  slack.ws.groups.set('S0ONCALL', { handle: 'oncall-db', users: ['U0BO', 'U0GIL'] })
  town.dts.addJob({ id: JOB })
  const card = { ...(await town.ask(JOB)) }
  return { town, slack, card, ...watching(town) }
}

function watching({ slack }: Town) {
  const { ws, people } = slack
  /** What this person is told by an ephemeral message for doing this. */
  const told = async (user: string, act: () => Promise<unknown>): Promise<string> => {
    const before = ws.ephemerals.length
    await act()
    const answer = await slack.waitFor(
      () => ws.ephemerals.slice(before).find((one) => one.user === user),
      `${user} to be told something`,
    )
    return text(answer)
  }
  /** Whether the form that asks why opens for this person. It is closed again. */
  const formOpens = async (user: string, act: () => Promise<unknown>): Promise<true> => {
    await act()
    await slack.waitFor(() => ws.topView(user), `a form for ${user}`)
    await people.closeView(user)
    return true
  }
  return { told, formOpens }
}
