import { APP, type Delivery, type Json, type Message, type OpenView, TEAM } from './workspace.ts'
import { replaceView } from './api-views.ts'
import type { Kind } from './delivery.ts'
import { newEnvelopeId } from './delivery.ts'
import { elements, findElement, requiredProblems } from './elements.ts'
import type { ResponseUrls } from './response-url.ts'
import type { Triggers } from './triggers.ts'
import type { Workspace } from './workspace.ts'

/** What people do. Each resolves when the bot has acknowledged it, or has not in time. */
export type People = {
  command(user: string, channel: string, text: string): Promise<Delivery>
  /** Presses a button of the message as it is now; `stale` presses an older version of it. */
  click(user: string, message: Message, actionId: string, stale?: boolean): Promise<Delivery>
  view(user: string): OpenView | undefined
  /** Types into an input of the open form. */
  fill(user: string, actionId: string, value: string): void
  /** What an external select offers for these words. */
  suggest(user: string, actionId: string, words: string): Promise<{ text: string; value: string }[]>
  choose(user: string, actionId: string, value: string): Promise<Delivery>
  press(user: string, actionId: string): Promise<Delivery>
  submit(user: string): Promise<Delivery>
  closeView(user: string): void
  /** Sends the very same thing again. */
  redeliver(delivery: Delivery): Promise<Delivery>
}

export type Post = {
  ws: Workspace
  triggers: Triggers
  responseUrls: ResponseUrls
  send: (kind: Kind, payload: Json, id: string) => Promise<unknown>
}

export function createPeople(post: Post): People {
  const { ws, triggers, responseUrls } = post
  const deliver = deliverer(post)

  async function act(user: string, open: OpenView, element: Json, extra: Json): Promise<Delivery> {
    const action = {
      type: element['type'],
      action_id: element['action_id'],
      block_id: element['block_id'],
      action_ts: ws.nextTs(),
      ...extra,
    }
    return deliver('interactive', {
      ...who(ws, user),
      type: 'block_actions',
      trigger_id: triggers.issue(user),
      container: { type: 'view', view_id: open.view.id },
      view: withState(open),
      actions: [action],
    })
  }

  return {
    command: (user, channel, text) => {
      const place = ws.channels.get(channel)
      return deliver('slash_commands', {
        token: 'playground',
        team_id: ws.users.get(user)?.team ?? TEAM,
        team_domain: 'playground',
        channel_id: channel,
        channel_name: place?.name ?? 'directmessage',
        user_id: user,
        user_name: ws.users.get(user)?.name ?? user,
        command: text.split(' ', 1)[0] ?? '',
        text: text.split(' ').slice(1).join(' '),
        api_app_id: APP,
        is_enterprise_install: 'false',
        response_url: responseUrls.issue(user, channel),
        trigger_id: triggers.issue(user),
      })
    },
    click: async (user, message, actionId, stale = false) => {
      const shown = stale ? message : (ws.message(message.channel, message.ts) ?? message)
      const element = findElement(shown.blocks, actionId)
      if (!element) throw new Error(`There is no ${actionId} on the message ${message.ts}.`)
      const { channel, ts } = message
      return deliver('interactive', {
        ...who(ws, user),
        type: 'block_actions',
        trigger_id: triggers.issue(user),
        response_url: responseUrls.issue(user, channel, ts),
        container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: false },
        channel: { id: channel, name: ws.channels.get(channel)?.name ?? '' },
        message: { type: 'message', ts, text: shown.text, blocks: shown.blocks },
        state: { values: {} },
        actions: [{ ...element, action_ts: ws.nextTs() }],
      })
    },
    view: (user) => ws.topView(user),
    fill: (user, actionId, value) => {
      const open = opened(ws, user)
      const element = inView(open, actionId)
      setValue(open, element, { type: element['type'], value })
      ws.changed()
    },
    suggest: async (user, actionId, words) => {
      const open = opened(ws, user)
      const element = inView(open, actionId)
      const { response } = await deliver('interactive', {
        ...who(ws, user),
        type: 'block_suggestion',
        action_id: actionId,
        block_id: element['block_id'],
        value: words,
        container: { type: 'view', view_id: open.view.id },
        view: withState(open),
      })
      const { options = [] } = (response ?? {}) as { options?: Option[] }
      return options.map((option) => ({ text: option.text.text, value: option.value }))
    },
    choose: async (user, actionId, value) => {
      const open = opened(ws, user)
      const element = inView(open, actionId)
      const listed = (element['options'] as Option[] | undefined)?.find((o) => o.value === value)
      if (element['options'] && !listed) throw new Error(`${actionId} does not offer ${value}.`)
      const selected = listed ?? { text: { type: 'plain_text', text: value }, value }
      setValue(open, element, { type: element['type'], selected_option: selected })
      return act(user, open, element, { selected_option: selected })
    },
    press: (user, actionId) => {
      const open = opened(ws, user)
      const element = inView(open, actionId)
      return act(user, open, element, { value: element['value'], text: element['text'] })
    },
    submit: async (user) => {
      const open = opened(ws, user)
      const problems = requiredProblems(open)
      if (problems) throw new Error(problems)
      const delivery = await deliver('interactive', {
        ...who(ws, user),
        type: 'view_submission',
        trigger_id: triggers.issue(user),
        view: withState(open),
        response_urls: [],
      })
      if (delivery.ok) afterSubmit(ws, user, open, delivery.response)
      return delivery
    },
    closeView: (user) => {
      ws.views.delete(user)
      ws.changed()
    },
    redeliver: ({ kind, payload }) => deliver(kind, payload),
  }
}

type Option = { text: { type: string; text: string }; value: string }

function deliverer({ ws, send }: Post) {
  return async (kind: Kind, payload: Json): Promise<Delivery> => {
    const began = performance.now()
    const delivery: Delivery = { kind, payload, ok: false, ms: 0, response: undefined }
    ws.deliveries.push(delivery)
    const end = ws.exchanges.begin({ from: 'slack', ...nameOf(kind, payload), request: payload })
    try {
      delivery.response = await send(kind, payload, newEnvelopeId())
      delivery.ok = true
    } catch (error) {
      delivery.error = error instanceof Error ? error.message : String(error)
    }
    delivery.ms = performance.now() - began
    end(delivery)
    return delivery
  }
}

/** What a person did, in few words. */
function nameOf(kind: Kind, payload: Json): { name: string; user: string } {
  const { user, actions, command, text, view, type, event } = payload as Record<string, Json> & {
    actions?: Json[]
  }
  const what = actions?.[0]?.['action_id'] ?? view?.['callback_id'] ?? event?.['type'] ?? ''
  const said = kind === 'slash_commands' ? `${String(command)} ${String(text)}` : String(what)
  return {
    name: `${String(type ?? kind)} ${said}`.trim(),
    user: String(user?.['id'] ?? payload['user_id'] ?? event?.['user'] ?? ''),
  }
}

function who(ws: Workspace, id: string): Json {
  const user = ws.users.get(id)
  const team = user?.team ?? TEAM
  return {
    token: 'playground',
    api_app_id: APP,
    team: { id: TEAM, domain: 'playground' },
    user: { id, username: user?.name ?? id, name: user?.name ?? id, team_id: team },
    enterprise: null,
    is_enterprise_install: false,
  }
}

function opened(ws: Workspace, user: string): OpenView {
  const open = ws.topView(user)
  if (!open) throw new Error(`${user} has no form open.`)
  return open
}

function inView(open: OpenView, actionId: string): Json {
  const element = findElement(open.view.blocks, actionId)
  if (element) return element
  const there = elements(open.view.blocks).map((one) => String(one['action_id']))
  throw new Error(`The form has no ${actionId}, only ${there.join(', ')}.`)
}

function setValue(open: OpenView, element: Json, value: Json): void {
  const blockId = String(element['block_id'])
  open.values[blockId] = { ...open.values[blockId], [String(element['action_id'])]: value }
}

function withState({ view, values }: OpenView): Json {
  return { ...view, state: { values } }
}

function afterSubmit(ws: Workspace, user: string, open: OpenView, response: unknown): void {
  const { response_action: action, ...rest } = (response ?? {}) as Json
  if (action === 'errors') open.errors = rest['errors'] as Record<string, string>
  else if (action === 'update') replaceView(open, rest['view'])
  else if (action === 'clear') ws.views.delete(user)
  else ws.views.set(user, (ws.views.get(user) ?? []).slice(0, -1))
  ws.changed()
}
