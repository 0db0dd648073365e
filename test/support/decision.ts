import { text } from '../../playground/workspace/read.ts'
import type { Delivery } from '../../playground/workspace/records.ts'
import { acknowledged } from './acknowledged.ts'
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
  return { town, slack, card, answer: answering(town) }
}

function answering(town: Town) {
  const { slack } = town
  const { ws, people } = slack
  const waits = (): boolean => /Waiting for approval/.test(text(town.card()))
  /**
   * What comes of it when this person does that: what they are told, the form that opens, which is
   * closed again, or the card, if it waits no longer.
   */
  return async (user: string, act: () => Promise<Delivery>): Promise<string> => {
    const before = ws.ephemerals.length
    const waited = waits()
    await acknowledged(act())
    const said = await slack.waitFor(() => {
      const whisper = ws.ephemerals.slice(before).find((one) => one.user === user)
      const shown = whisper ?? ws.topView(user)?.view
      if (shown) return text(shown)
      return waited && !waits() && text(town.card())
    }, `an answer to ${user}`)
    if (ws.topView(user)) await people.closeView(user)
    return said
  }
}
