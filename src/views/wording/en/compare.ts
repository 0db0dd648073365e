import type { CompareOutcome } from '../../../migration/comparison.ts'
import { CONSOLE } from '../../console.ts'
import { LIMITS } from '../../limits.ts'
import { type Line, bold, link, moment, outside, user } from '../../rich.ts'

type Result = CompareOutcome['result']

/** The comparison of both ends of a job. */
export const compare = {
  confirm: {
    title: 'Compare both ends?',
    text:
      'DTS reads both databases and compares them. That changes nothing, but it puts load on both ' +
      'until it is done.',
    yes: 'Compare',
    no: 'Not now',
  },

  begins: (by: string | undefined): Line => ['Comparison about to begin', ...forWhom(by)],
  runs: (by: string | undefined, percent: number | undefined): Line => [
    `Comparing both ends${percent === undefined ? '' : `: ${percent} %`}`,
    ...forWhom(by),
  ],
  over: (outcome: CompareOutcome): Line => [...OVER[outcome.result](outcome)],
  never: (): Line => ['Never compared.'],
  unread: (): Line => ["I can't see whether somebody has compared both ends."],

  text: (result: Result, jobId: string): string => `${jobId}: ${TEXT[result]}`,
  says: (by: string, outcome: CompareOutcome): Line => [
    user(by),
    ': ',
    ...OVER[outcome.result](outcome),
  ],
  look: (): Line => ['The ', link(CONSOLE, 'console'), ' has the details.'],
  leftOver: (): Line => ['DTS keeps a comparison that was not started. It does nothing.'],
  mayBeLeft: (): Line => ['DTS may keep a comparison that was not started. It does nothing.'],
}

/** Who asked for it. Without a name it was made in the console. */
function forWhom(by: string | undefined): Line {
  return by ? [', for ', user(by), '.'] : [', begun in the console.']
}

const OVER: Record<Result, (outcome: CompareOutcome) => Line> = {
  same: ({ when }) => ['Compared ', moment(when), ': both ends are alike.'],
  different: ({ when }) => [
    '⚠ ',
    bold('The ends differ.'),
    ' Compared ',
    moment(when),
    '. The ',
    link(CONSOLE, 'console'),
    ' shows what differs.',
  ],
  skipped: ({ when }) => ['Compared ', moment(when), ', but DTS skipped everything.'],
  failed: ({ when, message }) => [
    'The comparison failed, ',
    moment(when),
    '.',
    ...(message ? [' DTS says: ', outside(message, LIMITS.checkText)] : []),
  ],
  canceled: ({ when }) => ['The comparison was stopped in the console, ', moment(when), '.'],
  notBegun: ({ when }) => ['Not compared: DTS did not begin, ', moment(when), '.'],
  unclear: ({ when }) => [
    "I can't tell how the comparison came out, ",
    moment(when),
    '. Look in the ',
    link(CONSOLE, 'console'),
    '.',
  ],
}

const TEXT: Record<Result, string> = {
  same: 'compared, both ends are alike.',
  different: 'compared, the ends differ. The console shows what differs.',
  skipped: 'compared, but DTS skipped everything. Look in the console.',
  failed: 'the comparison failed. Look in the console.',
  canceled: 'the comparison was stopped in the console.',
  notBegun: 'not compared, DTS did not begin. The thread says why.',
  unclear: "I can't tell how the comparison came out. Look in the console.",
}
