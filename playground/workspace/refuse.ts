/** An `ok: false` answer of the Web API. */
export class ApiRefusal extends Error {
  override name = 'ApiRefusal' as const
  readonly extra: Record<string, unknown>

  constructor(error: string, extra: Record<string, unknown> = {}) {
    super(error)
    this.extra = extra
  }
}

export function refuse(error: string, extra?: Record<string, unknown>): never {
  throw new ApiRefusal(error, extra)
}
