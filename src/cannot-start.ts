/** Why the bot cannot start, in a sentence that an operator can act on. */
export class CannotStart extends Error {
  override name = 'CannotStart' as const
}
