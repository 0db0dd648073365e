import type { Evidence } from './evidence.ts'
import { OPERATIONS, type Operation, operationBy } from './operations.ts'
import {
  JOB,
  RUNNING,
  type View,
  asks,
  call,
  clicks,
  forget,
  posted,
  says,
  sent,
  view,
} from './sample-evidence.ts'

/* Honest evidence of an operation on a job that is watched, and what can be put into it. */

const UNWATCHED = `❓ No longer watched\n@U0BO stopped the watch.\norders for @U0R1\n${JOB}`

/** What is asked for while the job is watched. */
export type Beside = Exclude<Operation, 'start'>

/**
 * Somebody has the bot watch a job that runs, asks for an operation, and Bo approves. DTS takes it, and
 * Bo ends the watch.
 */
export function honestAbout(operation: Beside): Evidence {
  const evidence: Evidence = {
    messages: [],
    versions: [],
    ephemerals: [],
    deliveries: [command('U0R1', 'watch'), asksIn('U0R1', operation)],
    jobs: [{ id: JOB, state: 'running' }],
    calls: [call('RequestLimitExceeded', operation), call('ok', operation)],
  }
  const { to, the, doing } = OPERATIONS[operation]
  evidence.messages.push(posted('1.0', undefined, RUNNING, 'm1:card:1'))
  says(evidence, `@U0R1 asks to ${to} this job.\n`, 'm1:2')
  clicks(evidence, 'U0BO')
  says(evidence, `Approved by @U0BO. ${doing}.`, 'm1:3')
  says(evidence, `DTS accepted the ${the}. More.`, 'm1:4')
  says(evidence, `@U0R1: No longer watched\n${JOB}`, 'm1:90')
  evidence.deliveries.push(command('U0BO', 'unwatch'))
  asksTo(evidence, askedTo(operation))
  return evidence
}

/** The card asks for this while the job is watched; at 40 s it says that Bo ended that. */
export function asksTo(evidence: Evidence, ...questions: string[]): void {
  asks(evidence, RUNNING, ...questions, UNWATCHED)
  for (const one of evidence.versions.slice(-1)) one.at = 40_000
}

/** The request came to nothing with these words, and no call. */
export function comesToNothing(evidence: Evidence, how: string, by?: string): void {
  const { to, nothing } = OPERATIONS[operationIn(evidence)]
  forget(evidence, /accepted/)
  evidence.calls = []
  const who = by ? `By @${by}. ${nothing}\n` : ''
  says(evidence, `@U0R1, your request to ${to}: ${how}\n${JOB}\n${who}I keep watching.`, 'm1:5')
}

export function askedTo(operation: Beside, request = 1): string {
  const { to } = OPERATIONS[operation]
  return `⏳ Waiting for approval to ${to}\n@U0R1 asks to ${to} orders\n${JOB}\n[Approve] [Reject]${request}`
}

/** Somebody submits the form, and Slack is told so. */
export function asksIn(by: string, operation: Beside, response?: unknown) {
  const asked = view(OPERATIONS[operation].form, 'm1:0')
  return { ...sent({ type: 'view_submission', user: { id: by }, view: asked }), response }
}

export function operationIn({ deliveries }: Evidence): Beside {
  const forms = deliveries.map(({ payload }) => (payload['view'] as View | undefined)?.callback_id)
  const asked = forms.map((form) => operationBy('form', form)).find((one) => one !== undefined)
  return asked === undefined || asked === 'start' ? 'stop' : asked
}

function command(by: string, verb: string): Evidence['deliveries'][number] {
  return { ...sent({ user_id: by, text: `${verb} ${JOB}` }), kind: 'slash_commands' }
}
