import PQueue from 'p-queue'
import { expect } from 'vitest'
import type { JobSpec } from '../../../playground/dts/job.ts'
import type { Fault } from '../../../playground/workspace/faults.ts'
import type { World } from '../../support/world.ts'
import type { Row, Seen } from './table.ts'
import { type Trial, addTrial, startCrowdedWorld } from './trial.ts'

/** One fault of a method. */
export type Case = { fault: string; input: Omit<Fault, 'times'> }

export const PASSING: Case[] = [
  { fault: '429 with Retry-After', input: { status: 429, retryAfter: 1 } },
  { fault: 'HTTP 500', input: { status: 500 } },
  { fault: 'no answer in time', input: { hang: true } },
]

export const AFTER_EFFECT: Case[] = PASSING.slice(1).map(({ fault, input }) => ({
  fault: `${fault}, but it took effect`,
  input: { ...input, when: 'after' },
}))

export const TOKEN: Case[] = errors(
  ['token_revoked', 'token_expired', 'invalid_auth', 'not_authed', 'account_inactive'],
  'bot token refused',
)

/** One case for each documented error; in the table all under one name. */
export function errors(names: string[], fault?: string): Case[] {
  return names.map((error) => ({ fault: fault ?? `\`${error}\``, input: { error } }))
}

/** `about`: only calls with this argument; by default the channel of the trial. */
type Fail = (
  method: string,
  one: Case,
  how?: { times?: number; about?: string | undefined },
) => void

type Run = (trial: Trial, one: Case, fail: Fail) => Promise<Seen>

type How = { atOnce?: number; setUp?: (world: World) => void; spec?: JobSpec }

/** Each case in a trial of its own, `atOnce` at a time, all in one world. */
export async function inOneWorld(
  where: string,
  name: string,
  cases: Case[],
  run: Run,
  { atOnce = 3, setUp, spec }: How = {},
): Promise<Row[]> {
  const world = await startCrowdedWorld({})
  setUp?.(world)
  const queue = new PQueue({ concurrency: atOnce })
  return queue.addAll(
    cases.map((one, index) => async () => {
      const trial = addTrial(world, `${name}${index}`, spec)
      const seen = await run(trial, one, (method, { input }, { times = 1, ...aimed } = {}) => {
        const { about } = { about: trial.channel, ...aimed }
        world.slack.faults.add(method, { ...input, times, ...(about ? { about } : {}) })
      })
      expect(trial.calls('StartMigrateJob').effective).toBeLessThanOrEqual(1)
      return { where, fault: one.fault, ...seen }
    }),
  )
}
