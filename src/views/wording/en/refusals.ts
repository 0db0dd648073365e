import type { Stage } from '../../../migration/migration.ts'
import type { Refusal } from '../../../migration/refusal.ts'
import { type Line, channel, code, mentions, moment, outside, user } from '../../rich.ts'
import { askAgain } from './endings.ts'
import { is } from './job.ts'
import { OPERATION, toJob } from './operations.ts'

type No = Refusal['no']
type Of<Name extends No> = Extract<Refusal, { no: Name }>

/** The sentence for every "no": why, and what would make it a yes. */
export const refusals: { [Name in No]: (refusal: Of<Name>) => Line[] } = {
  selfApproval: ({ approvers }) => [
    ['You asked for this, so someone else has to approve it: ', ...mentions(approvers), '.'],
  ],
  alreadyVoted: ({ at, missing, approvers }) => [
    ['You approved this ', moment(at), '.'],
    missing > 0 ? ['Someone else has to as well: ', ...mentions(approvers), '.'] : [],
  ],
  notApprover: ({ approvers }) => [
    ['This decision belongs to ', ...mentions(approvers), '. Ask one of them.'],
  ],
  guest: ({ approvers }) => [
    approvers
      ? ["Guests can't decide on migrations. ", ...mentions(approvers), ' can.']
      : ["Guests can't use /dts. Ask a full member of this workspace."],
  ],
  bot: () => [["Bots and deactivated accounts can't use /dts."]],
  foreignWorkspace: () => [
    ['Only people in the workspace that runs me can do this. Ask someone there.'],
  ],
  cannotTell: ({ error }) => [
    ["I couldn't find out from Slack whether you may do this, so I did nothing. Try again."],
    slackSaid(error),
  ],
  groupsUnreadable,
  tooLate: ({ stage }) => [[`Too late: ${STANDS[stage]}. The card shows where it stands.`]],
  requestReplaced: () => [
    ['This request was replaced by a newer one. Read the card again, then decide.'],
  ],
  requestExpired: ({ operation, jobId }) => [
    [`This request has expired. ${OPERATION[operation].nothingDone}`],
    askAgain(operation, jobId),
  ],
  busy: ({ operation, requester, stage }) => [
    ['One request at a time: ', user(requester), ` asked to ${toJob(operation)} this job.`],
    [
      stage === 'asking'
        ? 'Wait for the decision, or have it rejected.'
        : 'That is approved. Wait for the outcome, then ask.',
    ],
  ],
  nothingToWatch: ({ jobId, look }) => [
    [
      'There is nothing to watch: ',
      code(jobId),
      ` ${is(look ?? { status: 'missing', statusCode: '' })}.`,
    ],
  ],
  notCheckable: ({ jobId, look }) => [
    [
      code(jobId),
      ` can't be checked right now: it ${is(look ?? { status: 'missing', statusCode: '' })}.`,
    ],
  ],
  nothingToSkip: ({ jobId, region, look }) =>
    look?.status === 'checkNotPass'
      ? [
          ['DTS lets nobody skip what failed in the check of ', code(jobId), '.'],
          ['Fix it, then check again with ', code(`/dts check ${jobId} ${region}`)],
        ]
      : [
          [
            'There is nothing to skip: ',
            code(jobId),
            ` ${is(look ?? { status: 'missing', statusCode: '' })}.`,
          ],
        ],
  comparing: ({ by }) => [
    by
      ? ['Both ends are being compared already, for ', user(by), '.']
      : ['Both ends are being compared already, begun in the console.'],
    ['The card shows how that comes out.'],
  ],
  notComparable: ({ look }) => [
    [
      `Both ends can't be compared right now: the job `,
      is(look ?? { status: 'missing', statusCode: '' }),
      '.',
    ],
  ],
  notWatched: ({ jobId }) => [
    [
      "I'm not watching ",
      code(jobId),
      '. ',
      code(`/dts status ${jobId}`),
      ' shows how it is doing.',
    ],
  ],
  notNow: ({ operation, look }) => [
    [
      operation === 'skip'
        ? 'No check item of this job can be skipped right now: it '
        : `This job can't be ${OPERATION[operation].done} right now: it `,
      is(look ?? { status: 'missing', statusCode: '' }),
      '.',
    ],
  ],
  taken: ({ owner, channel: where, checking }) =>
    checking
      ? [
          ['DTS is checking this job, for ', user(owner), ' in ', channel(where), '.'],
          ['Wait for the result. The card there will show it.'],
        ]
      : [
          [user(owner), ' already asked for this job in ', channel(where), '.'],
          ['One migration at a time: wait for it to end, or have it rejected.'],
        ],
  badJobId: ({ text }) => [
    notA('job id', text, 'dts-1kl0iy0v'),
    ['Without an id, ', code('/dts start'), ' lets you pick a job.'],
  ],
  badRegion: ({ text }) => [notA('region', text, 'ap-guangzhou')],
  unknownMigration: () => [
    ['I have no record of this migration. Ask again with ', code('/dts start')],
  ],
  deadControl: () => [['This is no longer active. ', code('/dts help'), ' lists what works.']],
  notInChannel: () => [
    ["I'm not in this channel, so nobody here would see the card."],
    ['Invite me first: ', code('/invite @dts')],
  ],
  archived: () => [['This channel is archived. Use a channel that people still read.']],
  missingScope: ({ scope }) => [
    ['My Slack app lacks the scope ', code(scope), '.'],
    ['An operator has to reinstall it from manifest.yml.'],
  ],
  slackTrouble: ({ error, seconds }) => [
    [
      "Slack is having trouble, so this didn't work. ",
      seconds === undefined ? 'Try again.' : `Try again in ${seconds} s.`,
    ],
    slackSaid(error),
  ],
}

const STANDS: Record<Stage, string> = {
  asking: 'a request for this job is waiting for a decision',
  approved: 'the request is approved and about to go to DTS',
  sending: 'the request is approved and on its way to DTS',
  unknown: "the request went to DTS, and I'm finding out whether it took effect",
  watching: "this is decided already, and I'm watching the job",
  ended: 'this migration has ended',
}

/** Whoever is named by user id can decide meanwhile: no group has to be read for them. */
function groupsUnreadable({ groups, approvers, error, passing }: Of<'groupsUnreadable'>): Line[] {
  const people = approvers.filter((id) => !id.startsWith('S'))
  return [
    ["Slack won't tell me who is in ", ...mentions(groups), ', so I did nothing.'],
    [passing ? 'Press again in a minute.' : 'An operator has to look at DTS_APPROVERS.'],
    slackSaid(error),
    people.length > 0 ? [...mentions(people), ' can decide meanwhile.'] : [],
  ]
}

function slackSaid(error: string): Line {
  return ['Slack said ', code(error)]
}

function notA(what: string, text: string, example: string): Line {
  return [outside(text), ` is not a ${what}. One looks like `, code(example)]
}
