/*
 * How a handler is put before Slack, by the way people speak: behind its guard, with an
 * acknowledgement that is safe to repeat, and with the way by which a "no" reaches the person who
 * spoke, and only them.
 */
import type {
  AllMiddlewareArgs,
  BlockAction,
  BlockElementAction,
  SlackActionMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackOptionsMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
  types,
} from '@slack/bolt'
import { ids } from '../views/ids.ts'
import { noticeView } from '../views/notice.ts'
import type { Line } from '../views/rich.ts'
import type { Wording } from '../views/wording/wording.ts'
import { answering, onceAcked, sayDirectly, sayThenAck, whisper } from './answer.ts'
import type { CommandContext } from './context.ts'
import type { Guard } from './guards.ts'
import { type OpenForm, openForm, sayInForm } from './open-form.ts'

export type Typed = SlackCommandMiddlewareArgs & AllMiddlewareArgs
export type Clicked<A extends BlockElementAction> = SlackActionMiddlewareArgs<BlockAction<A>> &
  AllMiddlewareArgs
export type Submitted = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs
export type Option = SlackOptionsMiddlewareArgs<'block_suggestion'> & AllMiddlewareArgs

type Handler<Args, Found> = (context: CommandContext, args: Args, found: Found) => Promise<void>

/** What follows a slash command. */
export function typed<Found>(
  context: CommandContext,
  guard: Guard<Found>,
  handle: Handler<Typed, Found>,
) {
  return async (args: Typed): Promise<void> => {
    const ack = onceAcked(context, args.ack)
    const { user_id: userId } = args.body
    const say = (said: Line[]): Promise<void> => sayThenAck(ack, () => whisper(args.respond, said))
    await answering(context, userId, say, async () => {
      const found = await guard(context, { userId, reference: '' })
      await handle(context, { ...args, ack }, found)
    })
  }
}

/** A button on the card. Acknowledged when its effect is on disk. */
export function click<A extends BlockElementAction, Found>(
  context: CommandContext,
  guard: Guard<Found>,
  handle: Handler<Clicked<A>, Found>,
) {
  return async (args: Clicked<A>): Promise<void> => {
    const ack = onceAcked(context, args.ack)
    const { body, respond } = args
    const say = (said: Line[]): Promise<void> =>
      sayThenAck(ack, async () => {
        if (!body.view) return whisper(respond, said)
        await sayInForm(context, { id: body.view.id }, said, () =>
          sayDirectly(context, body.user.id, said),
        )
      })
    const slow = setTimeout(() => {
      whisper(respond, context.words.slow()).catch(() => {})
    }, SLOW_MS)
    await answering(context, body.user.id, say, async () => {
      const found = await guard(context, spokenBy(args))
      await handle(context, { ...args, ack }, found)
    }).finally(() => clearTimeout(slow))
  }
}

/** Milliseconds: Slack gives up a click after three seconds, and shows an error that says nothing. */
const SLOW_MS = 2_200

/** A button or a menu in a form: acknowledged at once, because all it does is to draw the form anew. */
export function press<A extends BlockElementAction, Found>(
  context: CommandContext,
  guard: Guard<Found>,
  handle: Handler<Clicked<A>, Found>,
) {
  const listener = click(context, guard, handle)
  return async (args: Clicked<A>): Promise<void> => {
    const ack = onceAcked(context, args.ack)
    await ack()
    await listener({ ...args, ack })
  }
}

/**
 * A button that opens a form. Slack allows that for three seconds, so the form opens at once and
 * loading, whatever the guard then has to find out.
 */
export function opening<A extends BlockElementAction, Found>(
  context: CommandContext,
  loading: (words: Wording) => types.ModalView,
  guard: Guard<Found>,
  draw: (
    context: CommandContext,
    found: Found,
    userId: string,
  ) => Promise<types.ModalView> | types.ModalView,
) {
  return async (args: Clicked<A>): Promise<void> => {
    const ack = onceAcked(context, args.ack)
    const { body, client, respond } = args
    const userId = body.user.id
    const whispers = (said: Line[]): Promise<void> => whisper(respond, said)
    const form: { opened?: OpenForm } = {}
    const say = async (said: Line[]): Promise<void> => {
      if (!form.opened) return sayThenAck(ack, () => whispers(said))
      await sayInForm(context, form.opened, said, () => whispers(said))
    }
    await answering(context, userId, say, async () => {
      const opened = openForm(client, body.trigger_id, loading(context.words))
      await Promise.all([ack(), opened.catch(() => undefined)])
      form.opened = await opened
      const found = await guard(context, spokenBy(args))
      await form.opened.update(client, await draw(context, found, userId))
    })
  }
}

/** A form that is submitted. */
export function submission<Found>(
  context: CommandContext,
  guard: Guard<Found>,
  handle: Handler<Submitted, Found>,
) {
  return async (args: Submitted): Promise<void> => {
    const ack = onceAcked(context, args.ack)
    const { user } = args.body
    const say = (said: Line[]): Promise<void> =>
      ack({ response_action: 'update', view: noticeView(said, context.words) })
    await answering(context, user.id, say, async () => {
      const reference = args.view.private_metadata
      const found = await guard(context, { userId: user.id, reference })
      await handle(context, { ...args, ack }, found)
    })
  }
}

/** A menu that asks for its options. */
export function option<Found>(
  context: CommandContext,
  guard: Guard<Found>,
  handle: Handler<Option, Found>,
) {
  return async (args: Option): Promise<void> => {
    const ack = onceAcked(context, args.ack)
    const { user } = args.body
    const say = (): Promise<void> => ack({ options: [] })
    await answering(context, user.id, say, async () => {
      const found = await guard(context, { userId: user.id, reference: '' })
      await handle(context, { ...args, ack }, found)
    })
  }
}

function spokenBy<A extends BlockElementAction>({ body, action }: Clicked<A>) {
  const reference = 'value' in action && typeof action.value === 'string' ? action.value : ''
  return { userId: body.user.id, reference }
}

/** Matches what no handler listens to: buttons of an older version, or of nobody. */
export const notOurs = new RegExp(
  `^(?!(?:${Object.values(ids)
    .filter((id) => id.startsWith('dts_'))
    .join('|')})$)`,
)
