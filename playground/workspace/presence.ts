import type { Channel, Ephemeral, Message, Workspace } from './workspace.ts'

/** Throws for a person who does not exist. */
export function mustExist(ws: Workspace, user: string): void {
  if (!ws.users.has(user)) throw new Error(`There is no person ${user}.`)
}

/** A channel where a person can type. Throws if their Slack does not show it or is read-only there. */
export function typingPlace(ws: Workspace, user: string, id: string): Channel {
  mustExist(ws, user)
  const channel = id === ws.dm(user).id ? ws.dm(user) : seen(ws, user, id)
  if (channel.archived) throw new Error(`#${channel.name} is archived.`)
  return channel
}

/** Throws if the person does not see the message. */
export function mustSee(ws: Workspace, user: string, shown: Message | Ephemeral): void {
  mustExist(ws, user)
  seen(ws, user, shown.channel)
  const ephemeral = !('edits' in shown)
  if (ephemeral && shown.user !== user) throw new Error(`${user} does not see ${shown.ts}.`)
}

function seen(ws: Workspace, user: string, id: string): Channel {
  const channel = ws.channels.get(id)
  if (!channel) throw new Error(`There is no channel ${id}.`)
  if (channel.private && !channel.members.has(user)) {
    throw new Error(`${user} is not in ${id.startsWith('D') ? id : `#${channel.name}`}.`)
  }
  return channel
}
