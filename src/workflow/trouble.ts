import { DtsError, DtsUnreachable } from '../dts/errors.ts'
import type { Trouble } from '../migration.ts'

/** What went wrong with a call to DTS, as we remember and tell it. Throws what is no such thing. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof DtsError) {
    const { action, code, reason, requestId, traceId } = error
    return { action, code, reason, requestId, traceId }
  }
  if (error instanceof DtsUnreachable) {
    const { action, kind, traceId } = error
    return { action, code: undefined, reason: SILENCE[kind], requestId: undefined, traceId }
  }
  throw error
}

const SILENCE: Record<DtsUnreachable['kind'], string> = {
  timeout: 'Tencent Cloud did not answer in time.',
  connection: 'The connection to Tencent Cloud failed.',
  httpStatus: 'Something between me and Tencent Cloud answered with an error page.',
  notJson: 'Something between me and Tencent Cloud answered, not DTS itself.',
  unexpectedShape: 'Tencent Cloud answered in a form that I do not understand.',
  tooLarge: 'Tencent Cloud answered with more than I read.',
}
