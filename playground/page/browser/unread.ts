import { useEffect, useState } from 'preact/hooks'
import type { Message, Workspace } from '../world.ts'

const key = (user: string, channel: string): string => `read ${user} ${channel}`

/** The `ts` of the newest message that a person has seen; survives a reload. */
export function lastRead(user: string, channel: string): string {
  return localStorage.getItem(key(user, channel)) ?? ''
}

const watching = new Set<() => void>()

/** Redraws the caller when something was read. */
export function useReadMarks(): void {
  const [, redraw] = useState(0)
  useEffect(() => {
    const changed = (): void => redraw((count) => count + 1)
    watching.add(changed)
    return () => void watching.delete(changed)
  }, [])
}

/** Marks a channel as read while it is visible; returns the `ts` after which messages are new. */
export function useReading(user: string, channel: string, newest: string): string {
  const [since, setSince] = useState(() => lastRead(user, channel))

  useEffect(() => setSince(lastRead(user, channel)), [user, channel])
  useEffect(() => {
    const read = (): void => {
      if (document.visibilityState === 'visible' && newest > lastRead(user, channel)) {
        localStorage.setItem(key(user, channel), newest)
        for (const changed of watching) changed()
      }
    }
    read()
    document.addEventListener('visibilitychange', read)
    return () => document.removeEventListener('visibilitychange', read)
  }, [user, channel, newest])
  return since
}

export type Unread = { some: boolean; mentions: number }

export function unread(workspace: Workspace, user: string, channel: string): Unread {
  const since = lastRead(user, channel)
  const fresh = workspace.messages.filter(
    (m) => m.channel === channel && m.ts > since && m.user !== user && (!m.threadTs || m.broadcast),
  )
  return {
    some: fresh.length > 0,
    mentions: fresh.filter((m) => mentions(workspace, m, user)).length,
  }
}

function mentions({ groups }: Workspace, { text, blocks }: Message, user: string): boolean {
  const said = text + JSON.stringify(blocks)
  const mine = Object.entries(groups).filter(([, { users }]) => users.includes(user))
  const names = [user, ...mine.map(([id]) => id)]
  return names.some((id) =>
    [`<@${id}`, `^${id}`, `_id":"${id}"`].some((form) => said.includes(form)),
  )
}
