/** Slack asked to wait, or did so before and the time is not over. */
export class SlowDown extends Error {
  override name = 'SlowDown' as const
  readonly until: Date

  constructor(until: Date) {
    super(`Slack asks to wait until ${until.toISOString()}`)
    this.until = until
  }
}

/** What Slack asked to wait with. Its limits are per method; for posts, per channel as well. */
export type Pauses = {
  /** Runs `call`, unless a call of the same name has to wait still: then throws `SlowDown`. */
  heed<T>(name: string, call: () => Promise<T>): Promise<T>
}

export function createPauses(now = Date.now): Pauses {
  const pauses = new Map<string, Date>()
  return {
    async heed(name, call) {
      const until = pauses.get(name)
      if (until && until.getTime() > now()) throw new SlowDown(until)
      pauses.delete(name)
      try {
        return await call()
      } catch (error) {
        if (error instanceof SlowDown) pauses.set(name, error.until)
        throw error
      }
    },
  }
}
