import { BOT, type Json, TEAM, type User, type Workspace } from './workspace.ts'
import * as messages from './api-messages.ts'
import { openView, publishView, updateView } from './api-views.ts'
import { refuse } from './refuse.ts'
import type { Triggers } from './triggers.ts'

export type Api = {
  ws: Workspace
  triggers: Triggers
  /** A WebSocket URL with a ticket that can be used once. */
  socketUrl(): string
}

export type Method = {
  token: 'bot' | 'app'
  /** Any one of them is enough, by the kind of conversation. */
  scope?: (args: Json, ws: Workspace) => string
  run(api: Api, args: Json): Json
}

/** The methods of the Web API. */
export const METHODS: Record<string, Method> = {
  'auth.test': {
    token: 'bot',
    run: () => ({
      url: 'https://playground.slack.com/',
      team: 'Playground',
      user: 'dts',
      team_id: TEAM,
      user_id: BOT,
      bot_id: 'B0DTS',
      is_enterprise_install: false,
    }),
  },
  'apps.connections.open': { token: 'app', run: (api) => ({ url: api.socketUrl() }) },
  'chat.postMessage': chat((ws, args) => messages.postMessage(ws, args)),
  'chat.update': chat((ws, args) => messages.updateMessage(ws, args)),
  'chat.delete': chat((ws, args) => messages.deleteMessage(ws, args)),
  'chat.postEphemeral': chat((ws, args) => messages.postEphemeral(ws, args)),
  'chat.getPermalink': { token: 'bot', run: ({ ws }, args) => messages.permalink(ws, args) },
  'conversations.info': {
    token: 'bot',
    scope: (args, ws) => `${kind(args, ws)}:read`,
    run: ({ ws }, args) => {
      const channel = messages.known(ws, messages.string(args['channel']))
      const { id, name, archived, members } = channel
      const isMember = members.has(BOT)
      return {
        channel: {
          id,
          name,
          is_channel: true,
          is_private: channel.private,
          is_archived: archived,
          is_member: isMember,
        },
      }
    },
  },
  'conversations.history': {
    token: 'bot',
    scope: (args, ws) => `${kind(args, ws)}:history`,
    run: ({ ws }, args) => messages.history(ws, args),
  },
  'conversations.replies': {
    token: 'bot',
    scope: (args, ws) => `${kind(args, ws)}:history`,
    run: ({ ws }, args) => messages.replies(ws, args),
  },
  'users.info': {
    token: 'bot',
    scope: () => 'users:read',
    run: ({ ws }, args) => {
      const user = ws.users.get(messages.string(args['user'])) ?? refuse('user_not_found')
      return { user: userObject(ws, user) }
    },
  },
  'usergroups.users.list': {
    token: 'bot',
    scope: () => 'usergroups:read',
    run: ({ ws }, args) => {
      const group = ws.groups.get(messages.string(args['usergroup'])) ?? refuse('no_such_subteam')
      return { users: group.users }
    },
  },
  'usergroups.list': {
    token: 'bot',
    scope: () => 'usergroups:read',
    run: ({ ws }) => ({
      usergroups: [...ws.groups].map(([id, { handle }]) => ({ id, handle, name: handle })),
    }),
  },
  'views.open': {
    token: 'bot',
    run: ({ ws, triggers }, args) => openView(ws, triggers, args, false),
  },
  'views.push': {
    token: 'bot',
    run: ({ ws, triggers }, args) => openView(ws, triggers, args, true),
  },
  'views.publish': { token: 'bot', run: ({ ws }, args) => publishView(ws, args) },
  'views.update': { token: 'bot', run: ({ ws }, args) => updateView(ws, args) },
}

function chat(run: (ws: Workspace, args: Json) => Json): Method {
  return { token: 'bot', scope: () => 'chat:write', run: ({ ws }, args) => run(ws, args) }
}

function kind(args: Json, ws: Workspace): string {
  return ws.channels.get(String(args['channel']))?.private ? 'groups' : 'channels'
}

function userObject(ws: Workspace, user: User): Json {
  const { team, teams, enterpriseTeams } = user
  return {
    id: user.id,
    name: user.name,
    ...(team ? { team_id: team } : {}),
    ...(teams ? { teams } : {}),
    ...(enterpriseTeams ? { enterprise_user: { teams: enterpriseTeams } } : {}),
    deleted: user.deleted ?? false,
    is_bot: user.bot ?? false,
    is_restricted: user.restricted ?? false,
    is_ultra_restricted: user.ultraRestricted ?? false,
    is_stranger: isStranger(ws, user),
    tz: 'Asia/Shanghai',
  }
}

/** A partner of a channel that the app is in, too, is none. */
function isStranger(ws: Workspace, { id, team, teams = [], enterpriseTeams = [] }: User): boolean {
  const isOurs = [team, ...teams, ...enterpriseTeams].includes(TEAM)
  const shared = [...ws.channels.values()].some(
    ({ members }) => members.has(id) && members.has(BOT),
  )
  return !isOurs && !shared
}
