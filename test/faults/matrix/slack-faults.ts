import PQueue from 'p-queue'
import { expect } from 'vitest'
import type { Fault } from '../../../playground/workspace/faults.ts'
import { type Cell, addCell, startCrowdedTown } from './cell.ts'
import type { Row } from './table.ts'

/** A method that does not answer as it should. */
export type Case = { fault: string; input: Omit<Fault, 'times'> }

export const PASSING: Case[] = [
  { fault: '429 with Retry-After', input: { status: 429, retryAfter: 1 } },
  { fault: 'HTTP 500', input: { status: 500 } },
  { fault: 'no answer in time', input: { hang: true } },
]

/** As seen by whoever waits for an effect. */
export const AFTER_EFFECT: Case[] = PASSING.slice(1).map(({ fault, input }) => ({
  fault: `${fault}, but it took effect`,
  input: { ...input, when: 'after' },
}))

export const TOKEN: Case[] = errors(
  ['token_revoked', 'token_expired', 'invalid_auth', 'not_authed', 'account_inactive'],
  'token refused',
)

/** Documented error names; in the table all under one name. */
export function errors(names: string[], fault?: string): Case[] {
  return names.map((error) => ({ fault: fault ?? `\`${error}\``, input: { error } }))
}

/** `about`: the calls with this argument; the channel of the cell if not given. */
type Fail = (
  method: string,
  one: Case,
  how?: { times?: number; about?: string | undefined },
) => void

export type Meet = (cell: Cell, one: Case, fail: Fail) => Promise<Pick<Row, 'sees' | 'ends'>>

/** What each case does to a cell of its own, so many at once, in one town. */
export async function inOneTown(
  where: string,
  name: string,
  cases: Case[],
  meet: Meet,
  atOnce = 3,
): Promise<Row[]> {
  const town = await startCrowdedTown({})
  const queue = new PQueue({ concurrency: atOnce })
  return queue.addAll(
    cases.map((one, index) => async () => {
      const cell = addCell(town, `${name}${index}`)
      const seen = await meet(cell, one, (method, { input }, { times = 1, ...aimed } = {}) => {
        const { about } = { about: cell.channel, ...aimed }
        town.slack.faults.add(method, { ...input, times, ...(about ? { about } : {}) })
      })
      expect(cell.calls('StartMigrateJob').effective).toBeLessThanOrEqual(1)
      return { where, fault: one.fault, ...seen }
    }),
  )
}
