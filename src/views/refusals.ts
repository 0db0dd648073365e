import type { Refusal } from '../refusal.ts'
import { type Line, channel, code, outside, user } from './rich.ts'
import { listed } from './state.ts'

const DECIDED: Record<Extract<Refusal, { no: 'alreadyDecided' }>['state'], string> = {
  asking: 'is waiting for a decision',
  approved: 'is approved already and about to start',
  starting: 'is being started already',
  unknown: 'was started already; whether it took effect is being found out',
  started: 'was started already',
  ended: 'has ended already',
}

/** The sentence for a "no": why, and what would make it a yes. */
export function refused(refusal: Refusal, approvers: string[]): Line[] {
  switch (refusal.no) {
    case 'selfApproval':
      return [
        ['You asked for this start, so someone else has to approve it: ', ...listed(approvers)],
      ]
    case 'notApprover':
      return [['This decision belongs to ', ...listed(approvers), '. Ask one of them.']]
    case 'guest':
      return [['Guests cannot decide on migrations. ', ...listed(approvers), ' can.']]
    case 'bot':
      return [['Bots and deactivated accounts cannot decide on migrations.']]
    case 'foreignWorkspace':
      return [['Only people of the workspace that runs me can do this. Ask someone there.']]
    case 'cannotTell':
      return [
        ['I could not find out from Slack whether you may decide, so I did nothing. Press again.'],
        ['Slack said ', code(refusal.error)],
      ]
    case 'groupsUnreadable':
      return groupsUnreadable(refusal, approvers)
    case 'alreadyDecided':
      return [[`Too late: this migration ${DECIDED[refusal.state]}. The card shows how it stands.`]]
    case 'askReplaced':
      return [['The job changed, so there is a newer question. Decide on the newest card.']]
    case 'askExpired':
      return [['This ask has expired. Nothing was started.'], again(refusal.jobId)]
    case 'taken':
      return [
        [user(refusal.requester), ' already asked for this job in ', channel(refusal.channel), '.'],
        ['One migration at a time: wait for it to end, or have it rejected.'],
      ]
    case 'badJobId':
      return [
        notA('job id', refusal.text, 'dts-1kl0iy0v'),
        ['Without an id, ', code('/dts start'), ' lets you pick a job.'],
      ]
    case 'badRegion':
      return [notA('region', refusal.text, 'ap-guangzhou')]
    case 'unknownMigration':
      return [['I do not remember this migration. Ask again with ', code('/dts start')]]
    case 'deadControl':
      return [['This is no longer active. See ', code('/dts help'), ' for what works.']]
    case 'notInChannel':
      return [
        ['I am not in this channel, so nobody here would see the card.'],
        ['Invite me first: ', code('/invite @dts')],
      ]
    case 'archived':
      return [['This channel is archived. Use a channel that people still read.']]
    case 'slackTrouble':
      return slackTrouble(refusal)
    case 'missingScope':
      return [
        ['My Slack app lacks the scope ', code(refusal.scope), '.'],
        ['An operator has to reinstall it from manifest.yml.'],
      ]
  }
}

type SlackTrouble = Extract<Refusal, { no: 'slackTrouble' }>

function slackTrouble({ error, seconds }: SlackTrouble): Line[] {
  const when = seconds === undefined ? '' : ` in ${seconds} s`
  return [
    [`Slack has trouble just now, so this did not work. Try again${when}.`],
    ['Slack said ', code(error)],
  ]
}

type GroupsUnreadable = Extract<Refusal, { no: 'groupsUnreadable' }>

/** Whoever is named by user id can decide meanwhile: no group has to be read for them. */
function groupsUnreadable({ groups, error, passing }: GroupsUnreadable, approvers: string[]) {
  const people = approvers.filter((id) => !id.startsWith('S'))
  const lines: Line[] = [
    ['Slack does not tell me who is in ', ...listed(groups), ', so I did nothing.'],
    [passing ? 'Press again in a while.' : 'An operator has to look at DTS_APPROVERS.'],
    ['Slack said ', code(error)],
  ]
  return people.length > 0 ? [...lines, [...listed(people), ' can decide.']] : lines
}

function notA(what: string, text: string, example: string): Line {
  return [outside(text), ` is not a ${what}. One looks like `, code(example)]
}

function again(jobId: string): Line {
  return ['Ask again with ', code(`/dts start ${jobId}`)]
}
