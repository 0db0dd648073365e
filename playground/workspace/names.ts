import { randomBytes } from 'node:crypto'

/** A `block_id` or `action_id` for a block or element that has none; another each time. */
export function newName(): string {
  return randomBytes(6).toString('base64url')
}

export function newViewId(): string {
  return `V${randomBytes(5).toString('hex').toUpperCase()}`
}
