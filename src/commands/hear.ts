import type {
  AllMiddlewareArgs,
  BlockAction,
  BlockElementAction,
  SlackActionMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackOptionsMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt'
import { Refused } from '../refusal.ts'
import { ids } from '../views/ids.ts'
import { noticeView } from '../views/notice.ts'
import type { Line } from '../views/rich.ts'
import type { Here } from './here.ts'
import { answering, onceAcked, sayDirectly, sayInForm, sayThenAck, whisper } from './reply.ts'

/*
 * How a handler is put before Slack, by the way people speak: with an acknowledgement that is safe
 * to repeat, and with the way by which a "no" reaches the person who spoke, and only them.
 */

type Typed = SlackCommandMiddlewareArgs & AllMiddlewareArgs
type Clicked<A extends BlockElementAction> = SlackActionMiddlewareArgs<BlockAction<A>> &
  AllMiddlewareArgs
type Submitted = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs
type Option = SlackOptionsMiddlewareArgs<'block_suggestion'> & AllMiddlewareArgs

export function typed(here: Here, handle: (here: Here, args: Typed) => Promise<void>) {
  return async (args: Typed): Promise<void> => {
    const ack = onceAcked(here, args.ack)
    const say = (said: Line[]): Promise<void> => sayThenAck(ack, () => whisper(args.respond, said))
    await answering(here, args.body.user_id, say, async () => {
      if (args.body.team_id !== here.teamId) throw new Refused({ no: 'foreignWorkspace' })
      await handle(here, { ...args, ack })
    })
  }
}

export function click<A extends BlockElementAction>(
  here: Here,
  handle: (here: Here, args: Clicked<A>) => Promise<void>,
) {
  return async (args: Clicked<A>): Promise<void> => {
    const ack = onceAcked(here, args.ack)
    const { body, respond } = args
    const say = (said: Line[]): Promise<void> =>
      sayThenAck(ack, async () => {
        if (!body.view) return whisper(respond, said)
        await sayInForm(here, { id: body.view.id }, said, () =>
          sayDirectly(here, body.user.id, said),
        )
      })
    await answering(here, body.user.id, say, () => handle(here, { ...args, ack }))
  }
}

export function submission(here: Here, handle: (here: Here, args: Submitted) => Promise<void>) {
  return async (args: Submitted): Promise<void> => {
    const ack = onceAcked(here, args.ack)
    const say = (said: Line[]): Promise<void> =>
      ack({ response_action: 'update', view: noticeView(said) })
    await answering(here, args.body.user.id, say, () => handle(here, { ...args, ack }))
  }
}

export function option(here: Here, handle: (here: Here, args: Option) => Promise<void>) {
  return async (args: Option): Promise<void> => {
    const ack = onceAcked(here, args.ack)
    const say = (): Promise<void> => ack({ options: [] })
    await answering(here, args.body.user.id, say, () => handle(here, { ...args, ack }))
  }
}

/** Matches what no handler listens to: buttons of an older version, or of nobody. */
export const notOurs = new RegExp(
  `^(?!(?:${Object.values(ids)
    .filter((id) => id.startsWith('dts_'))
    .join('|')})$)`,
)
