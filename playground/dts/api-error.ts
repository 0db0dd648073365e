/** An answer of the service that says no. The documented message of the code is used by default. */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly code: string
  /** A name to add to the documented message, such as the missing parameter. */
  readonly about: string | undefined
  /** Replaces the documented message in both languages. */
  readonly text: string | undefined

  constructor(code: string, detail: { about?: string; text?: string } = {}) {
    super(code)
    this.code = code
    this.about = detail.about
    this.text = detail.text
  }
}
