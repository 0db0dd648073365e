import type { types } from '@slack/bolt'
import { type Action, type ActionName, actionsOf } from '../migration/actions.ts'
import { type ApprovalRequest, type Migration, openRequest } from '../migration/migration.ts'
import type { Hurt } from '../migration/operation.ts'
import { OPERATIONS } from '../migration/operations.ts'
import { differences } from '../migration/snapshot.ts'
import { compareLines } from './compare.ts'
import { ids, requestRef } from './ids.ts'
import { LIMITS } from './limits.ts'
import { type Line, bold, code, lines, oneLine, quote } from './rich.ts'
import { skipLines, skipRecord } from './skip.ts'
import { standing } from './standing.ts'
import type { Wording } from './wording/wording.ts'

/** What is posted or updated. `text` stands for it in notifications: see mrkdwn.ts. */
export type Message = { text: string; blocks: types.KnownBlock[] }

/** The one message of a migration, whole, about twelve lines on a phone. */
export function card(m: Migration, words: Wording): Message {
  const { mark, title, text, says, next } = standing(m, words)
  const asked = openRequest(m)
  // A skip is answered for by name, so what people agreed to stays.
  const decidedSkip = m.request?.skip && !asked ? m.request : undefined
  const reason = (asked ?? decidedSkip)?.reason
  return {
    text,
    blocks: [
      lines([`${mark} `, bold(title)], ...says, ...compared(m, asked, words)),
      lines(
        asked
          ? words.card.asksTo(asked.operation, asked.requester, m.snapshot.name)
          : words.card.jobFor(m.snapshot.name, m.owner),
        [code(m.job.id)],
        ...(decidedSkip ? skipRecord(m, words) : words.job.route(m.snapshot, m.job.region)),
        ...(asked ? warnings(m, asked, words) : []),
      ),
      ...(reason === undefined ? [] : [quote(reason, LIMITS.reason)]),
      ...(next.length > 0 ? [lines(next)] : []),
      ...buttons(m, words),
    ],
  }
}

/** That nobody has compared both ends is for those who decide about the cutover. */
function compared(m: Migration, asked: ApprovalRequest | undefined, words: Wording): Line[] {
  const compare = m.ended ? undefined : m.watch?.compare
  if (!compare || (compare.state.at === 'none' && asked?.operation !== 'cutOver')) return []
  return compareLines(compare, words)
}

/** What the operation would do to this job, and to what of it. */
function warnings(m: Migration, asked: ApprovalRequest, words: Wording): Line[] {
  const hurts = OPERATIONS[asked.operation].hurts(m.snapshot, asked.mode)
  return [
    ...(asked.skip ? skipLines(asked.skip, LIMITS.checkItems, words) : scope(m, asked, words)),
    ...changes(m, asked, words),
    ...hurts.map((hurt): Line => [`⚠ ${words.job.hurt(hurt)}`]),
  ]
}

function scope({ snapshot }: Migration, asked: ApprovalRequest, words: Wording): Line[] {
  const operation = OPERATIONS[asked.operation]
  const isWhole = operation.hurts(snapshot).includes('wholeInstance')
  return [
    ...(isWhole ? [] : [words.job.objects(snapshot)]),
    ...(operation.begins ? [words.job.plan(snapshot)] : []),
  ]
}

/** As many as a phone has room for. The thread has them all. */
function changes({ snapshot }: Migration, asked: ApprovalRequest, words: Wording): Line[] {
  const { changedFrom } = asked
  if (!changedFrom) return []
  const all = differences(changedFrom, snapshot)
  if (all.length === 0) return [words.job.changedUnseen()]
  const fits = all.length <= LIMITS.changes ? all : all.slice(0, LIMITS.changes - 1)
  const more = all.slice(fits.length)
  const changed = fits.map((difference) => words.job.changed(difference, changedFrom, snapshot))
  return more.length > 0 ? [[...changed.flat(), '. ', ...words.job.changedToo(more)]] : changed
}

function buttons(m: Migration, words: Wording): types.ActionsBlock[] {
  const shown = actionsOf(m).filter((action) => !('typed' in action && action.typed))
  const elements = shown.map((action) => button(m, action, words))
  return elements.length > 0 ? [{ type: 'actions', elements }] : []
}

function button(m: Migration, action: Action, words: Wording): types.Button {
  return {
    type: 'button',
    action_id: ids[action.do],
    text: { type: 'plain_text', text: label(m, action, words) },
    value: requestRef(m.id, action.request),
    ...(action.do === 'compare' ? { confirm: dialog(words.compare.confirm) } : {}),
    ...(STYLES[action.do] ? { style: STYLES[action.do] } : {}),
    ...(action.do === 'approve' ? confirmation(m, words) : {}),
  }
}

/** A second question, to whoever is about to approve what nobody can undo. */
function confirmation(m: Migration, words: Wording): { confirm?: types.ConfirmationDialog } {
  const asked = openRequest(m)
  const hurts = asked ? OPERATIONS[asked.operation].hurts(m.snapshot, asked.mode) : []
  const worst = hurts.filter((hurt) => GRAVE.includes(hurt))
  if (worst.length === 0) return {}
  const { title, text, yes, no } = words.card.confirm
  const said = text(m.snapshot.name, worst)
  return { confirm: dialog({ title, text: oneLine(said, LIMITS.confirmText), yes, no }, 'danger') }
}

const GRAVE: Hurt[] = ['overwritesRoot', 'clearsTarget', 'overwritesTarget', 'losesRest']

type Asked = { title: string; text: string; yes: string; no: string }

function dialog({ title, text, yes, no }: Asked, style?: 'danger'): types.ConfirmationDialog {
  const plain = (said: string) => ({ type: 'plain_text', text: said, emoji: false }) as const
  return {
    title: plain(title),
    text: plain(text),
    confirm: plain(yes),
    deny: plain(no),
    ...(style ? { style } : {}),
  }
}

const STYLES: Partial<Record<ActionName, 'primary' | 'danger'>> = {
  approve: 'primary',
  reject: 'danger',
  cutOver: 'primary',
  stop: 'danger',
}

function label({ order }: Migration, action: Action, words: Wording): string {
  const { buttons: says } = words.card
  const operation = order?.operation ?? 'start'
  switch (action.do) {
    case 'approve':
      return says.approve
    case 'reject':
      return says.reject
    case 'tookEffect':
      return says.tookEffect(operation)
    case 'noEffect':
      return says.noEffect(operation)
    case 'stopWatching':
      return says.stopWatching
    case 'compare':
      return says.compare
    case 'cutOver':
    case 'continue':
    case 'retry':
    case 'pause':
    case 'stop':
    case 'skip':
      return says.offers[action.do]
  }
}
