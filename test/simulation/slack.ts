import { webApi } from '@slack/bolt'
import type { types } from '@slack/bolt'
import type { Machine, Surroundings } from './machine.ts'
import { HOUR, SECOND } from './scheduler.ts'

export type Button = { does: string; value: string }
export type Version = { at: number; text: string; blocks: types.KnownBlock[] }

/** A message as people saw it, in every version. `key`: what the bot calls it. */
export type Message = {
  ts: string
  channel: string
  thread: string | undefined
  key: string | undefined
  versions: [Version, ...Version[]]
  isDeleted: boolean
  /** Whether it arrived after the bot that sent it had crashed. */
  isLate: boolean
}

export const TEAM = 'T0TEAM'
export const APPROVERS = ['U0BO', 'U0CY'] as const
export const REQUESTERS = ['U0ANN', 'U0DEE', 'U0BO'] as const
export const CHANNELS = ['C0ONE', 'C0TWO'] as const

type Posted = {
  channel: string
  text: string
  blocks?: types.KnownBlock[]
  thread_ts?: string
  metadata?: { event_payload?: { key?: string } }
}
type Read = { channel: string; ts?: string; oldest: string }

/** The simulated Slack: what people see, and a client for each bot. */
export class SimulatedSlack {
  readonly messages: Message[] = []
  readonly archived = new Set<string>()
  /** Channels that were archived at some time: there much may be missing. */
  readonly wasArchived = new Set<string>()
  /** Called when people see something new. */
  onShown: (message: Message, version: Version) => void = () => {}
  readonly #around: Surroundings
  #posted = 0

  constructor(around: Surroundings) {
    this.#around = around
  }

  delete(message: Message): void {
    message.isDeleted = true
    this.#around.trace.say(`Slack: ${message.ts} is deleted`)
  }

  archive(channel: string): void {
    const { time, trace, chaos } = this.#around
    trace.say(`Slack: ${channel} is archived`)
    this.archived.add(channel)
    this.wasArchived.add(channel)
    time.after(chaos.span() + HOUR, () => void this.archived.delete(channel))
  }

  clientOf(machine: Machine): webApi.WebClient {
    const { life } = machine
    const call =
      <Args, Answer>(method: string, work: (args: Args) => Answer) =>
      (args: Args): Promise<Answer> =>
        this.#ask(machine, method, () => work(args))
    const client = {
      chat: {
        postMessage: call('chat.postMessage', (args: Posted) =>
          this.#post(args, machine.life !== life),
        ),
        update: call('chat.update', (args: Posted & { ts: string }) => this.#update(args)),
        delete: call('chat.delete', ({ channel, ts }: { channel: string; ts: string }) =>
          this.delete(this.#find(channel, ts)),
        ),
      },
      conversations: {
        history: call('conversations.history', (args: Read) => this.#read(args, false)),
        replies: call('conversations.replies', (args: Read) => this.#read(args, true)),
      },
      users: {
        info: call('users.info', ({ user }: { user: string }) => ({
          user: { id: user, team_id: TEAM, is_restricted: user === 'U0GUEST' },
        })),
      },
      usergroups: {
        users: { list: call('usergroups.users.list', () => ({ users: [...APPROVERS] })) },
      },
    }
    return client as unknown as webApi.WebClient
  }

  #post({ channel, text, blocks = [], thread_ts: thread, metadata }: Posted, isLate: boolean) {
    const { time, trace } = this.#around
    this.#mayPost(channel)
    const parent = this.messages.find((one) => one.ts === thread)
    const isOrphan = thread !== undefined && (!parent || parent.isDeleted)
    const ts = `${Math.floor(time.now / SECOND)}.${String(++this.#posted).padStart(6, '0')}`
    const version: Version = { at: time.now, text, blocks }
    const message: Message = {
      ts,
      channel,
      thread: isOrphan ? undefined : thread,
      key: metadata?.event_payload?.key,
      versions: [version],
      isDeleted: false,
      isLate,
    }
    this.messages.push(message)
    trace.say(`Slack: ${channel} ${thread ? '  ' : ''}${message.key}: ${text}`)
    this.onShown(message, version)
    return { ts, message: { ts, ...(message.thread ? { thread_ts: message.thread } : {}) } }
  }

  #update({ channel, ts, text, blocks = [] }: Posted & { ts: string }) {
    const { time, trace } = this.#around
    this.#mayPost(channel)
    const message = this.#find(channel, ts)
    const version: Version = { at: time.now, text, blocks }
    message.versions.push(version)
    trace.say(`Slack: ${channel} ${message.key} now: ${text}`)
    this.onShown(message, version)
    return { ok: true }
  }

  #read({ channel, ts, oldest }: Read, inThread: boolean) {
    if (this.archived.has(channel)) throw platformError('not_in_channel')
    const messages = this.messages
      .filter((one) => one.channel === channel && !one.isDeleted && one.ts >= oldest)
      .filter(({ thread }) => (inThread ? thread === ts : thread === undefined))
      .map(({ ts: at, key }) => ({
        ts: at,
        metadata: { event_type: 'dts_migration', event_payload: { key } },
      }))
    return { messages }
  }

  #mayPost(channel: string): void {
    if (this.archived.has(channel)) throw platformError('is_archived')
  }

  #find(channel: string, ts: string): Message {
    const message = this.messages.find((one) => one.channel === channel && one.ts === ts)
    if (!message || message.isDeleted) throw platformError('message_not_found')
    return message
  }

  /** A call leaves in the turn in which it is made. */
  async #ask<T>(machine: Machine, method: string, work: () => T): Promise<T> {
    const { life, name } = machine
    const { time, random, chaos } = this.#around
    const where = `${name} ${method}`
    const slow = (): number =>
      chaos.strikes('slowSlack', where)
        ? random.between(300, random.pick([1, 3, 15] as const) * SECOND)
        : random.between(1, 30)
    const isLost = chaos.strikes('lostSlack', where)
    const error = !isLost && chaos.strikes('errorOfSlack', where) ? this.#error() : undefined
    const arrives = error ? error.arrives : !isLost || random.chance(0.5)
    await time.sleep(slow())
    let value: T | undefined
    let thrown = error?.error
    if (arrives) {
      try {
        value = work()
      } catch (refused) {
        thrown ??= refused as Error
      }
    }
    await time.sleep(slow())
    await machine.runs(life)
    if (isLost) throw new webApi.WebAPIRequestError(new Error('socket hang up'))
    if (thrown) throw thrown
    return value as T
  }

  #error(): { error: Error; arrives: boolean } {
    const { random } = this.#around
    const arrives = random.chance(0.5)
    switch (random.pick(['limit', 'http', 'passing', 'token', 'other'] as const)) {
      case 'limit':
        return { error: new webApi.WebAPIRateLimitedError(random.between(1, 60)), arrives: false }
      case 'http':
        return { error: new webApi.WebAPIHTTPError(random.pick([500, 503]), '', {}), arrives }
      case 'passing':
        return { error: platformError(random.pick(['internal_error', 'fatal_error'])), arrives }
      case 'token':
        return { error: platformError('token_revoked'), arrives: false }
      case 'other':
        return { error: platformError('an_error_of_tomorrow'), arrives: false }
    }
  }
}

function platformError(error: string): Error {
  return new webApi.WebAPIPlatformError({ ok: false, error })
}

/** The buttons of a version. */
export function buttonsOf({ blocks }: Version): Button[] {
  return blocks.flatMap((block) =>
    block.type !== 'actions'
      ? []
      : block.elements.flatMap((one) =>
          one.type === 'button' ? [{ does: one.action_id ?? '', value: one.value ?? '' }] : [],
        ),
  )
}
