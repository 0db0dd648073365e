/** The state of the pretend workspace. Ids look like Slack's. */
import { EventEmitter } from 'node:events'
import type { AppManifest } from './app-manifest.ts'
import { createExchanges } from './exchanges.ts'
import type { OpenView } from './open-view.ts'
import type { ApiCall, Delivery, Refused } from './records.ts'

export type User = {
  id: string
  name: string
  /** The workspace that Slack names first; in Enterprise Grid it may name none. */
  team?: string
  /** The workspaces of a person in Enterprise Grid, as `teams` and in `enterprise_user`. */
  teams?: string[]
  enterpriseTeams?: string[]
  bot?: boolean
  deleted?: boolean
  restricted?: boolean
  ultraRestricted?: boolean
}

export type Channel = {
  id: string
  name: string
  private: boolean
  archived: boolean
  members: Set<string>
}

export type Json = Record<string, unknown>

export type Message = {
  channel: string
  ts: string
  threadTs: string | undefined
  broadcast: boolean
  user: string
  text: string
  blocks: Json[]
  metadata: Json | undefined
  edits: number
  /** What is left of a deleted message that has replies. */
  subtype?: 'tombstone'
}

/** A message as it was from `at` on, in milliseconds since 1970. */
export type Version = Message & { at: number }

/** A message that one person sees. */
export type Ephemeral = Content & {
  user: string
  channel: string
  ts: string
  threadTs?: string
  /** Who said it. */
  from: string
}

export type Content = { text: string; blocks: Json[] }

export const TEAM = 'T0PLAY'
export const BOT = 'U0BOT'
/** Slackbot. */
export const SLACKBOT = 'USLACKBOT'
export const APP = 'A0DTS'
export const BOT_ID = 'B0DTS'

export class Workspace extends EventEmitter {
  readonly users = new Map<string, User>()
  readonly channels = new Map<string, Channel>()
  readonly groups = new Map<string, { handle: string; users: string[] }>()
  readonly messages: Message[] = []
  /** Every version of every message. */
  readonly versions: Version[] = []
  readonly ephemerals: Ephemeral[] = []
  /** The forms that each person has open, the top one last. */
  readonly views = new Map<string, OpenView[]>()
  /** The Home tab published for each person. */
  readonly homes = new Map<string, OpenView>()
  /** People who have their Home tab open. */
  readonly atHome = new Set<string>()
  readonly calls: ApiCall[] = []
  readonly deliveries: Delivery[] = []
  readonly exchanges = createExchanges(() => this.changed())
  readonly refusals: Refused[] = []
  readonly app: AppManifest
  /** What the app was granted when it was installed. */
  readonly scopes: Set<string>
  tokenRevoked = false
  /** What happens to a reply to a deleted message. Slack mostly posts it, and sometimes refuses it. */
  repliesToDeleted: 'posted' | 'refused' = 'posted'
  private lastTs = 0
  private skipped = 0

  constructor(app: AppManifest) {
    super()
    this.app = app
    this.scopes = new Set(app.scopes)
    this.setMaxListeners(0)
  }

  /** Wakes everybody who waits for a change. */
  changed(): void {
    this.emit('changed')
  }

  /** Milliseconds since 1970, by the workspace's own clock. */
  now(): number {
    return Date.now() + this.skipped
  }

  /** Moves the clock forward: triggers, response URLs and rate limits expire. */
  skip(ms: number): void {
    this.skipped += ms
  }

  /** Records something from the app that Slack cannot use, and shows it in the inspector. */
  refuse(what: string, why: string[]): void {
    this.refusals.push({ what, why })
    const end = this.exchanges.begin({ from: 'bot', name: what, request: null })
    end({ ok: false, error: why.join(' '), response: null })
  }

  /** Unique and increasing, in Slack's format. */
  nextTs(): string {
    this.lastTs = Math.max(Math.floor(this.now() * 1000), this.lastTs + 1)
    return `${Math.floor(this.lastTs / 1e6)}.${String(this.lastTs % 1e6).padStart(6, '0')}`
  }

  message(channel: string, ts: string): Message | undefined {
    return this.messages.find((message) => message.channel === channel && message.ts === ts)
  }

  /** A message of the bot. */
  post(said: Content & Pick<Message, 'channel'> & Partial<Message>): Message {
    const place = { threadTs: undefined, broadcast: false, metadata: undefined }
    const message: Message = { ...place, ts: this.nextTs(), user: BOT, edits: 0, ...said }
    this.messages.push(message)
    this.versions.push({ ...message, at: this.now() })
    this.changed()
    return message
  }

  /** Shows an ephemeral message to one person, by default from the bot. */
  showEphemeral(
    user: string,
    channel: string,
    said: Content & { threadTs?: string; from?: string },
  ): Ephemeral {
    const ephemeral = { user, channel, ts: this.nextTs(), from: BOT, ...said }
    this.ephemerals.push(ephemeral)
    this.changed()
    return ephemeral
  }

  /** Deletes a message; one with replies becomes a tombstone. */
  remove(shown: Message | Ephemeral): void {
    const hasReplies = ({ channel, ts }: Message): boolean =>
      this.messages.some((one) => one.channel === channel && one.threadTs === ts)
    if ('edits' in shown && hasReplies(shown)) {
      const content = { text: 'This message was deleted.', blocks: [], metadata: undefined }
      Object.assign(shown, { subtype: 'tombstone', user: SLACKBOT, ...content })
      return this.changed()
    }
    for (const list of [this.messages, this.ephemerals]) {
      const index = (list as unknown[]).indexOf(shown)
      if (index >= 0) list.splice(index, 1)
    }
    this.changed()
  }

  /** The conversation between the bot and a person. */
  dm(user: string): Channel {
    const id = `D${user.slice(1)}`
    const members = new Set([user, BOT])
    const fresh = { id, name: user, private: true, archived: false, members }
    const channel = this.channels.get(id) ?? fresh
    this.channels.set(id, channel)
    return channel
  }

  topView(user: string): OpenView | undefined {
    return this.views.get(user)?.at(-1)
  }

  /** Every form that somebody has open, and every Home. */
  openViews(): OpenView[] {
    return [...this.views.values(), ...this.homes.values()].flat()
  }
}
