/**
 * The store cannot be opened. Its message is a sentence that an operator can act on; it never holds
 * a password, and it carries no cause, because a cause might.
 */
export class StoreError extends Error {
  override name = 'StoreError' as const
}
