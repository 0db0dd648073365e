import { randomBytes } from 'node:crypto'

/** The `block_id` or `action_id` that Slack gives to what the app left unnamed: another each time. */
export function newName(): string {
  return randomBytes(6).toString('base64url')
}

export function newViewId(): string {
  return `V${randomBytes(5).toString('hex').toUpperCase()}`
}
