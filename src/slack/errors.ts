import { bolt } from './bolt.ts'

const { webApi } = bolt

/**
 * Slack rejected a message: this channel will not accept it, now or later. The message of the error
 * is Slack's error name. `lost`: an earlier try may have arrived all the same.
 */
export class RejectedError extends Error {
  override name = 'RejectedError' as const
  readonly lost: boolean

  constructor(message: string, lost = false) {
    super(message)
    this.lost = lost
  }
}

/** The message that was to be edited or replied to has been deleted. */
export class MessageGoneError extends Error {
  override name = 'MessageGoneError' as const
}

/** Slack asked to wait, now or before: for `wait` milliseconds from now. */
export class RateLimitedError extends Error {
  override name = 'RateLimitedError' as const
  readonly wait: number

  constructor(wait: number) {
    super(`Slack asks to wait for ${wait} ms`)
    this.wait = wait
  }
}

/** Runs a call that posts, edits or reads messages, and sorts what Slack says into the classes above. */
export async function sorted<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    if (error instanceof webApi.WebAPIRateLimitedError) {
      throw new RateLimitedError(error.retryAfter * 1000)
    }
    const name = errorName(error)
    if (name && GONE.includes(name)) throw new MessageGoneError(name)
    if (name && REJECTED.test(name)) throw new RejectedError(name)
    throw error
  }
}

const GONE = ['message_not_found', 'thread_not_found']

const REJECTED =
  /^(not_in_channel|channel_not_found|is_archived|restricted_action\w*|cannot_reply_to_message|messages_tab_disabled|user_not_found|cant_update_message|edit_window_closed|is_inactive)$/

/** The error name of an `ok: false` answer. */
export function errorName(error: unknown): string | undefined {
  return error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined
}

/** What Slack said, in a word or two for people. */
export function answerOf(error: unknown): string {
  if (error instanceof webApi.WebAPIHTTPError) return `HTTP ${error.statusCode}`
  if (error instanceof webApi.WebAPIRateLimitedError) return 'ratelimited'
  return errorName(error) ?? (error instanceof Error ? error.name : 'nothing')
}

/** Whether Slack certainly did nothing. After anything else a message may have been posted. */
export function isRefusal(error: unknown): boolean {
  if (error instanceof RejectedError || error instanceof RateLimitedError) return true
  if (error instanceof MessageGoneError) return true
  return errorName(error) !== undefined && !isTransient(error)
}

/** Whether the same call may work the next time: Slack was busy, broken or silent. */
export function isTransient(error: unknown): boolean {
  if (error instanceof webApi.WebAPIHTTPError) return error.statusCode >= 500
  if (error instanceof webApi.WebAPIRateLimitedError) return true
  if (error instanceof webApi.WebAPIRequestError) return true
  return ['internal_error', 'fatal_error', 'request_timeout'].includes(errorName(error) ?? '')
}

/** Whether Slack does not let us look for what we posted, now or later. */
export function isUnreadable(error: unknown): boolean {
  return (
    error instanceof RejectedError ||
    error instanceof MessageGoneError ||
    errorName(error) === 'missing_scope'
  )
}

/** Seconds that Slack asks to wait. */
export function retryAfter(error: unknown): number | undefined {
  return error instanceof webApi.WebAPIRateLimitedError ? error.retryAfter : undefined
}

/** Whether Slack will do nothing for us until an operator has changed the token. */
export function isTokenRefused(error: unknown): boolean {
  return TOKEN_REFUSED.includes(errorName(error) ?? '')
}

const TOKEN_REFUSED = [
  'token_revoked',
  'token_expired',
  'invalid_auth',
  'not_authed',
  'account_inactive',
]

/** The scope that Slack said is missing; `?` where it did not say which. */
export function missingScope(error: unknown): string | undefined {
  if (!(error instanceof webApi.WebAPIPlatformError)) return undefined
  if (error.data.error !== 'missing_scope') return undefined
  return 'needed' in error.data && typeof error.data.needed === 'string' ? error.data.needed : '?'
}
