import type { Silence } from '../../../dts/errors.ts'
import type { ApiVersion, Look } from '../../../dts/job.ts'
import { type Line, code, moment, user } from '../../rich.ts'
import { is, unrecognised } from './job.ts'

/** Why a call to DTS failed, whose turn it is, and what support asks for. */
export const trouble = {
  said: (says: string, errorCode: string): Line => [`${says} `, code(errorCode)],
  /** The requester is mentioned, or undefined where they read it themselves. */
  requesterTurn: (next: string, requester: string | undefined): Line =>
    requester ? [user(requester), `, your turn: ${next}`] : [`Your turn: ${next}`],
  operatorTurn: (next: string): Line => [`An operator's turn: ${next}`],
  tencentTurn: (next: string): Line => [`This is on Tencent Cloud's side. ${next}`],

  /** DTS says that the version of its API, or that action of it, is gone. */
  retired: (version: ApiVersion, action: string, others: string[]) => ({
    says: `Tencent Cloud no longer offers ${action} in API version ${version}.`,
    next:
      `Set DTS_API_VERSION to auto or ${others.join(' or ')} and restart the bot. ` +
      'Then ask again for jobs that it watched under the old version.',
  }),

  silence: (kind: Silence): Line => [SILENCE[kind]],
  interrupted: (): Line => ['I was restarted before an answer arrived, or could not save it.'],

  requestId: (id: string): Line => ['RequestId ', code(id)],
  /** What support can search for instead. */
  traceId: (id: string): Line => ['No RequestId arrived. Our X-TC-TraceId ', code(id)],

  unseenSince: (since: string): Line => [
    "I haven't been able to look at the job since ",
    moment(since),
    '.',
  ],
  /** A timed job shows whether its start was accepted only once its time has come. */
  waitsUntil: (until: string): Line => [
    "The job is set to run later, so its status can't tell before ",
    moment(until),
    '.',
  ],
  /** Of a skip whose answer was lost. */
  checkUnclear: (since: string): Line => [
    "The job's check hasn't shown whether the items are skipped since ",
    moment(since),
    '.',
  ],
  unrecognisedSince: (statusCode: string, since: string): Line => [
    `The job ${unrecognised(statusCode)}. I haven't been able to tell how it is since `,
    moment(since),
    '.',
  ],
  /** A status that shows nothing of an operation whose answer was lost. */
  doesNotTell: (look: Look, since: string): Line => [
    `The job ${is(look)}, which doesn't tell. I haven't known since `,
    moment(since),
    '.',
  ],
}

const SILENCE: Record<Silence, string> = {
  timeout: 'Tencent Cloud did not answer in time.',
  connection: 'The connection to Tencent Cloud failed.',
  httpStatus: 'Something between me and Tencent Cloud answered with an error page.',
  notJson: 'Something between me and Tencent Cloud answered, not DTS itself.',
  unexpectedShape: "Tencent Cloud sent an answer that I can't read.",
  tooLarge: 'Tencent Cloud sent a larger answer than I accept.',
  tooLate: 'I was paused for too long after the approval was taken up, so I sent nothing.',
}
