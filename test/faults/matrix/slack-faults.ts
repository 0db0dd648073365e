import type { Fault } from '../../../playground/workspace/faults.ts'

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
