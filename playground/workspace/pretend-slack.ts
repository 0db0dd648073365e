import type { Faults } from './faults.ts'
import type { People } from './people.ts'
import type { Workspace } from './workspace.ts'

/** How payloads reach the app. */
export type How = { mode: 'socket' } | { mode: 'http'; url: string }

/** A Slack workspace on this machine that refuses what the real one would refuse. */
export type PretendSlack = {
  url: string
  /** For `SLACK_API_URL`. */
  apiUrl: string
  ws: Workspace
  people: People
  faults: Faults
  setDelivery(how: How): void
  /** How many Socket Mode connections are open. */
  connections: () => number
  /** How many Slack allows from now on: ten at first. */
  allowSockets(most: number): void
  /** Asks every Socket Mode connection to go, for this reason. */
  disconnectSockets(reason: string): void
  /** Drops every Socket Mode connection without warning. */
  dropSockets(): void
  /** Slack's routine renewal of the oldest connection. */
  refreshSocket(): void
  waitFor: <T>(look: () => T | undefined | false, what: string, timeoutMs?: number) => Promise<T>
  close(): Promise<void>
}
