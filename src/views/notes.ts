import type { Event, News } from '../migration/event.ts'
import type { Migration } from '../migration/migration.ts'
import { endingText } from './endings.ts'
import { compared } from './notes/compare.ts'
import { accepted, cannotTell, outcomeUnknown, throttled, tookEffect } from './notes/order.ts'
import { approved, changed, outdated, requested, voted } from './notes/request.ts'
import type { Note } from './notes/say.ts'
import { checkBegun } from './notes/skip.ts'
import { alarm, ended, failed, notDone, outOfSight, ready } from './notes/watch.ts'
import type { Wording } from './wording/wording.ts'

export type { Note } from './notes/say.ts'

type Said = { news: News; event: Event; after: Migration }

/** What the thread says about an event; undefined where the card says it all. */
export function note({ news, event, after: m }: Said, words: Wording): Note | undefined {
  const { request, order, watch } = m
  switch (news) {
    case 'requested':
      return request && requested(m, request, event, words)
    case 'voted':
      return request && event.type === 'approved' ? voted(m, request, event.by, words) : undefined
    case 'approved':
      return request && approved(m, request, words)
    case 'changed':
      return request && changed(m, request, words)
    case 'outdated':
      return request && outdated(m, request, words)
    case 'accepted':
      return watch?.accepted && event.type === 'accepted'
        ? accepted(m, watch.accepted.operation, event.requestId, words)
        : undefined
    case 'throttled':
      return order && throttled(m, order, words)
    case 'outcomeUnknown':
      return order?.state.at === 'unknown'
        ? outcomeUnknown(m, order, order.state, words)
        : undefined
    case 'cannotTell':
      return order && cannotTell(m, order, words)
    case 'tookEffect':
      return watch?.accepted && tookEffect(m, watch.accepted.operation, event, words)
    case 'failed':
      return failed(m, event, words)
    case 'outOfSight':
      return watch?.blind && outOfSight(m, watch.blind, words)
    case 'ready':
      return ready(m, words)
    case 'notDone':
      return request && notDone(m, request, words)
    case 'alarm':
      return watch?.alarm && alarm(m, watch.alarm, words)
    case 'checkBegun':
      return event.type === 'checkBegun' ? checkBegun(m, event.requestId, words) : undefined
    case 'compared':
      return compared(m, words)
    case 'ended':
      return m.ended && ended(m, endingText(m, m.ended, words), words)
  }
}
