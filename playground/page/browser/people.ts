import type { Workspace } from '../world.ts'

export type Player = { id: string; name: string; role: string }

/** Everybody one can play, and their roles. */
export function players({ users, groups }: Workspace): Player[] {
  return Object.entries(users)
    .filter(([, { bot }]) => !bot)
    .map(([id, { name, guest, foreign }]) => {
      const onCall = Object.values(groups).find((group) => group.users.includes(id))
      const roles = [
        guest && 'guest',
        foreign && 'from another workspace',
        onCall && `in @${onCall.handle}`,
      ].filter(Boolean)
      return { id, name, role: roles.join(', ') || 'may ask' }
    })
}

/** The first other person who is on call. */
export function onCallBeside(workspace: Workspace, me: string): string {
  return players(workspace).find(({ id, role }) => id !== me && role.startsWith('in @'))?.id ?? me
}

export function nameOf({ users }: Workspace, id: string): string {
  return users[id]?.name ?? id
}

/** Slackbot is no app. */
export function isApp({ users }: Workspace, id: string): boolean {
  return users[id]?.bot === true && id !== 'USLACKBOT'
}

/** The bot's conversation with a person. */
export function directMessages(user: string): string {
  return `D${user.slice(1)}`
}

/** Whether a person can write there. */
export function canWriteIn({ channels }: Workspace, user: string, place: string): boolean {
  const channel = channels[place]
  return channel !== undefined && channel.members.includes(user) && !channel.archived
}
