/** A refusal by the service, by default with the documented message of its code. */
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
