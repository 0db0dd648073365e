/** Everything that the page shows. Types only: three processes make it, the browser draws it. */

export type Json = Record<string, unknown>

export type World = {
  workspace: Workspace
  cloud: Cloud
  bot: Bot
}

/** The pretend Slack with what any person in it sees. */
export type Workspace = {
  users: Record<string, Person>
  groups: Record<string, { handle: string; users: string[] }>
  channels: Record<string, Channel>
  /** The newest last. */
  messages: Message[]
  ephemerals: Ephemeral[]
  /** The form on top, by the person who has it open. */
  forms: Record<string, Form>
  /** The Home tab of the app, by person. */
  homes: Record<string, Form>
  /** The newest last. */
  exchanges: Exchange[]
  /** How many Socket Mode connections the bot holds. */
  connections: number
  /** How many calls will fail on purpose. */
  faults: number
}

export type Person = { name: string; guest: boolean; bot: boolean; foreign: boolean }

export type Channel = { name: string; private: boolean; archived: boolean; members: string[] }

export type Message = {
  channel: string
  ts: string
  threadTs?: string
  broadcast: boolean
  user: string
  text: string
  blocks: Json[]
  edits: number
}

export type Ephemeral = {
  ts: string
  /** Who said it. */
  from: string
  user: string
  channel: string
  threadTs?: string
  text: string
  blocks: Json[]
}

export type Form = {
  view: Json & { id: string; blocks: Json[] }
  values: Record<string, Record<string, Json>>
  errors: Record<string, string>
  /** What Slack shows when it could not use the app's answer; '' when all is well. */
  trouble: string
  /** How many forms are stacked. */
  depth: number
}

/** Something sent to the bot and its acknowledgement, or a call of the bot and its answer. */
export type Exchange = {
  id: number
  /** Milliseconds since 1970. */
  at: number
  from: 'slack' | 'bot'
  /** The Web API method, or what people did: `slash_commands /dts start`. */
  name: string
  user?: string
  /** Absent while it is pending. */
  ms?: number
  ok?: boolean
  error?: string
}

/** An exchange with what was sent and answered, secrets masked. */
export type FullExchange = Exchange & { request: unknown; response: unknown }

/** The pretend DTS. */
export type Cloud = {
  /** Milliseconds on its clock, to the minute. */
  now: number
  speed: number
  jobs: Job[]
  /** How the next calls will fail. */
  faults: { kind: string; action?: string; code?: string; times: number }[]
  /** API calls, the newest last. */
  calls: { at: number; action: string; jobId: string | null; outcome: string; requestId: string }[]
}

export type Job = {
  id: string
  name: string
  region: string
  /** Kinds of database. */
  from: string
  to: string
  /** Milliseconds on the cloud's clock, for a timed job. */
  expectAt: number | null
  overridesRoot: boolean
  /** As 2018-03-30 has it, and as 2021-12-06 calls it. */
  status: number
  state: string
  /** The versions of the API that know the job. */
  knownTo: readonly string[]
  percent: number
  step: number
  steps: { name: string; status: number }[]
  lagSeconds: number | null
  error: string | null
  starts: number
}

/** The process of the bot. */
export type Bot = {
  up: boolean
  /** The id of the process. */
  pid?: number
  /** When it last started or ended; milliseconds since 1970. */
  since: number
  starts: number
  /** How often it was killed. */
  kills: number
  /** Its last lines. */
  log: string[]
}
