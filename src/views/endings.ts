import type { Ending, Migration, State, Trouble } from '../migration.ts'
import { type Line, code, link, outside, user } from './rich.ts'
import { references, troubleLines } from './trouble.ts'
import { CONSOLE, duration, jobIs } from './wording.en.ts'

/**
 * How an end is told, on the card and in the thread. The thread adds the words of others, and is
 * shown in the channel too when it is loud.
 */
export type EndTold = {
  mark: string
  title: string
  says: Line[]
  next: Line
  words?: string[]
  loud?: true
}

type Ended = Extract<State, { at: 'ended' }>

export function endTold(m: Migration, state: Ended): EndTold {
  const { ending } = state
  switch (ending.how) {
    case 'done':
      return { mark: '✅', title: `Done${took(state)}`, says: [], next: [], loud: true }
    case 'failed':
      return failed(m, ending)
    case 'rejected':
      return {
        mark: '✖',
        title: ending.by === m.requester ? 'Withdrawn' : 'Rejected',
        says: [['By ', user(ending.by), '. Nothing was started.']],
        next: [],
        words: [ending.reason],
      }
    case 'expired':
      return notStarted('Expired', [['Nobody decided in time. Nothing was started.']], askAgain(m))
    case 'blocked':
      return {
        ...notStarted(
          'Not started',
          [[`When I looked before the start, the job ${jobIs(ending.status)}. I sent nothing.`]],
          askAgain(m),
        ),
        loud: true,
      }
    case 'denied':
      return denied(m, ending.trouble)
    case 'didNotStart':
      return didNotStart(m, ending)
    case 'notRunning':
      return {
        ...unwatched('Not running', [
          'DTS took the start, but the job is not at work: it ',
          jobIs(ending.status, ending.statusCode),
          '. Somebody may have changed it in the console. I no longer watch it.',
        ]),
        next: ['Look in the ', link(CONSOLE, 'console'), ', then ', ...askAgain(m)],
      }
    case 'letGo':
      return unwatched('No longer watched', [
        user(ending.by),
        ' ended the watch. How the job ends will not be told here.',
      ])
    case 'gone':
      return unwatched('Lost sight of the job', [
        'DTS no longer lists it in ',
        outside(m.job.region),
        '. Somebody may have deleted it.',
      ])
    case 'unshown':
      return unshown(m, ending)
  }
}

function notStarted(title: string, says: Line[], next: Line): EndTold {
  return { mark: '✖', title, says, next }
}

function unwatched(title: string, why: Line): EndTold {
  const next = ['Look in the ', link(CONSOLE, 'console'), '.']
  return { mark: '❓', title, says: [why], next, loud: true }
}

function didNotStart(m: Migration, ending: Extract<Ending, { how: 'didNotStart' }>): EndTold {
  const { by, trouble } = ending
  const why: Line = by
    ? ['The answer to the start was lost. ', user(by), ' looked: it did not start.']
    : ['The answer to the start was lost, and DTS shows no start since.']
  const next: Line = ['Look at the job, then decide: ', ...askAgain(m)]
  return { ...notStarted('Did not start', [why, ...references(trouble)], next), loud: true }
}

function unshown(m: Migration, { error, lost }: Extract<Ending, { how: 'unshown' }>): EndTold {
  const says: Line[] = [['I could not post the card in the channel. Slack said ', code(error)]]
  if (lost) {
    says.push([
      'A card of an earlier try may stand there all the same. Its buttons no longer count.',
    ])
  }
  const next: Line = ['Invite me there with ', code('/invite @dts'), ', then ', ...askAgain(m)]
  return notStarted('Not asked', says, next)
}

function askAgain(m: Migration): Line {
  return ['ask again with ', code(`/dts start ${m.job.id}`)]
}

function took({ since, when }: Ended): string {
  return since ? ` in ${duration(Date.parse(when) - Date.parse(since))}` : ''
}

function failed(m: Migration, ending: Extract<Ending, { how: 'failed' }>): EndTold {
  const { errors, requestId } = ending
  return {
    mark: '❌',
    title: 'Failed',
    says: [
      ['The job stopped with an error.'],
      ...references({ code: undefined, reason: '', requestId, traceId: undefined }),
    ],
    next: [
      user(m.requester),
      ', your turn: fix what the error names in the ',
      link(CONSOLE, 'console'),
      ', run the check again, then ',
      ...askAgain(m),
    ],
    words: errors.length > 0 ? errors.slice(0, 3) : ['DTS gave no reason.'],
    loud: true,
  }
}

function denied(m: Migration, trouble: Trouble): EndTold {
  return {
    mark: '❌',
    title: 'Not started',
    says: troubleLines(trouble, m.requester),
    next: ['Nothing was started.'],
    loud: true,
  }
}
