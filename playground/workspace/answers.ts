import { z } from 'zod'
import { checked } from './api-messages.ts'
import { DEPTH } from './api-views.ts'
import { type Option, offeredBy, suggestions } from './block-options.ts'
import { words } from './block-text.ts'
import { newView, readView, redraw } from './draw-view.ts'
import { ApiRefusal, refuse } from './refuse.ts'
import type { OpenView } from './open-view.ts'
import type { Delivery } from './records.ts'
import { SLACKBOT, type Workspace } from './workspace.ts'

/** What Slack shows on a form when the app's answer is missing or unusable. */
const TROUBLE = 'We had some trouble connecting. Try again?'

/** Shows the acknowledgement of a slash command, or why there is none. */
export function showAnswer(ws: Workspace, { payload, ok, error, response }: Delivery): void {
  const [user, channel] = [String(payload['user_id']), String(payload['channel_id'])]
  const command = String(payload['command'])
  const fails = (how: string): void => {
    const text = `${command} failed ${how}`
    ws.showEphemeral(user, channel, { from: SLACKBOT, text, blocks: [] })
  }
  if (!ok) {
    const silent = error === 'the app did not respond'
    return fails(silent ? 'because the app did not respond.' : 'with the error "dispatch_failed"')
  }
  const readable = readOrRecord(ws, `the answer to ${command}`, () => {
    const said = commandAnswer.parse(response)
    if (!said.text && !said.blocks?.length) return
    const content = checked(said)
    if (said.response_type === 'in_channel') ws.post({ channel, ...content })
    else ws.showEphemeral(user, channel, content)
  })
  if (!readable) fails('with the error "invalid_command_response"')
}

const commandAnswer = z.preprocess(
  (answer) => (typeof answer === 'string' ? { text: answer } : (answer ?? {})),
  z.object({
    text: z.string().optional(),
    blocks: z.array(z.unknown()).optional(),
    response_type: z.enum(['ephemeral', 'in_channel']).optional(),
  }),
)

/** Applies the acknowledgement of a submitted form; without one the form stays open. */
export function followForm(ws: Workspace, open: OpenView, { ok, response }: Delivery): void {
  open.errors = {}
  delete open.trouble
  const followed =
    ok &&
    readOrRecord(ws, 'the answer to view_submission', () => {
      if (isEmpty(response)) return close(ws, open)
      const said = formAnswer.parse(response)
      switch (said.response_action) {
        case 'errors':
          open.errors = atInputs(open, said.errors)
          return
        case 'update':
          return redraw(ws, open, readView(said.view, 'modal'))
        case 'push': {
          const content = readView(said.view, 'modal')
          const stack = ws.views.get(open.user) ?? []
          if (stack.length >= DEPTH) refuse('push_limit_reached')
          ws.views.set(open.user, [...stack, newView(ws, open.user, content, open)])
          return
        }
        case 'clear':
          return void ws.views.delete(open.user)
      }
    })
  if (!followed) open.trouble = TROUBLE
}

const formAnswer = z.discriminatedUnion('response_action', [
  z.object({ response_action: z.literal('errors'), errors: z.record(z.string(), words(3000)) }),
  z.object({ response_action: z.literal('update'), view: z.unknown() }),
  z.object({ response_action: z.literal('push'), view: z.unknown() }),
  z.object({ response_action: z.literal('clear') }),
])

function close(ws: Workspace, open: OpenView): void {
  const stack = ws.views.get(open.user) ?? []
  ws.views.set(
    open.user,
    stack.filter((one) => one !== open),
  )
}

function isEmpty(answer: unknown): boolean {
  if (typeof answer === 'object' && answer !== null) return Object.keys(answer).length === 0
  return answer === undefined || answer === null || answer === ''
}

/** Slack shows errors at inputs only. */
function atInputs({ view }: OpenView, errors: Record<string, string>): Record<string, string> {
  const inputs = view.blocks.filter(({ type }) => type === 'input').map((one) => one.block_id)
  const lost = Object.keys(errors).filter((id) => !inputs.includes(id))
  if (Object.keys(errors).length === 0) refuse('invalid_errors: there are none')
  if (lost.length > 0) refuse(`invalid_errors: ${lost.join(', ')} is no input`)
  return errors
}

/** The options that the app offers in an external select; none if Slack cannot use its answer. */
export function readSuggestions(ws: Workspace, { ok, response }: Delivery): Option[] {
  const offered: Option[] = []
  if (!ok) return offered
  readOrRecord(ws, 'the answer to block_suggestion', () => {
    offered.push(...offeredBy(suggestions.parse(response)))
  })
  return offered
}

/** False if Slack cannot use the app's answer; the reason is then in `ws.refusals`. */
function readOrRecord(ws: Workspace, what: string, read: () => void): boolean {
  try {
    read()
    return true
  } catch (error) {
    if (error instanceof z.ZodError) ws.refuse(what, [z.prettifyError(error)])
    else if (error instanceof ApiRefusal) ws.refuse(what, reasons(error))
    else throw error
    return false
  }
}

function reasons({ message, extra }: ApiRefusal): string[] {
  const { messages } = (extra['response_metadata'] ?? {}) as { messages?: string[] }
  return [[message, ...(messages ?? [])].join(' ')]
}
