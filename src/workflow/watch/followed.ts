import { setImmediate as turn } from 'node:timers/promises'
import type { JobRef, Look } from '../../dts/job.ts'
import { type Accepted, type Watched, followsCheck, isWatched } from '../../migration/migration.ts'
import { OPERATIONS } from '../../migration/operations.ts'
import { estimate } from '../../migration/pace.ts'
import { progressOf, stateOf } from '../../migration/snapshot.ts'
import type { Marked } from '../../store/store.ts'
import type { Context } from '../context.ts'

/**
 * What the watcher remembers of a migration: what its row knows of the job, and when this bot looked.
 * Of thousands, so it is little. Moments are milliseconds since 1970, unless they are `monotonic`.
 */
export type Followed = Known & {
  /** When the bot began to follow the job, and when it last asked for the job by itself. `monotonic`. */
  readonly since: number
  lookedAt: number
  /** The last reading of the list that showed the job; 0: none. */
  shownIn: number
  /** Something other than a look changed it, and the bot has not looked since. */
  isFresh: boolean
  /** A list showed it, and not all that matters. */
  isWanted: boolean
  /** A look ended it. */
  isOver: boolean
}

type Known = {
  id: string
  job: JobRef
  state: string
  progress: string
  status: Look['status'] | undefined
  statusCode: string | undefined
  seenAt: number
  /** Every look matters, whatever it shows. */
  isDelicate: boolean
  isCheck: boolean
  accepted: Accepted | undefined
  /** Names what the bot waits to find out: how an attempt came out, or a check. */
  token: string | undefined
  begunAt: number
  movedAt: number
  statusSince: number
  /** When it is expected to run, or to be through. */
  expectedAt: number
}

type Remembered = { savedAt: string; isSettled: boolean; followed: Followed | undefined }

/**
 * Those that are watched now. Reads only the rows that changed since the last time; where they are very
 * many it asks for all marks now and then only, and between for those of the last seconds.
 */
export function createFollowing({ store, clock }: Context): () => Promise<Followed[]> {
  const remembered = new Map<string, Remembered>()
  let askedAt = clock.now()
  let allAskedAt = -Infinity

  const marksOfAll = async (): Promise<Marked[]> => {
    allAskedAt = clock.monotonic()
    const marked = await store.watched()
    const ids = new Set(marked.map(({ id }) => id))
    for (const id of remembered.keys()) if (!ids.has(id)) remembered.delete(id)
    return marked
  }

  const marks = async (): Promise<Marked[]> => {
    const since = Math.min(clock.now(), askedAt) - WRONG_BY
    askedAt = clock.now()
    const isTime = clock.monotonic() - allAskedAt >= ALL_EVERY
    if (remembered.size < MANY || isTime) return marksOfAll()
    return store.watched(new Date(since).toISOString())
  }

  const isKnown = ({ id, savedAt }: Marked): boolean => {
    const known = remembered.get(id)
    return known?.savedAt === savedAt && known.isSettled
  }

  const read = async (marked: Marked[]): Promise<void> => {
    const rows = await store.rows(marked.map(({ id }) => id))
    const byId = new Map(rows.map(({ migration }) => [migration.id, migration]))
    for (const { id, savedAt } of marked) {
      const m = byId.get(id)
      const before = remembered.get(id)
      const followed =
        m && isWatched(m) ? following(before?.followed, m, clock.monotonic()) : undefined
      // What was saved just now may be saved once more within the same millisecond.
      const isOld = Date.parse(savedAt) < clock.now() - LONG_AGO
      remembered.set(id, { savedAt, isSettled: isOld || before?.savedAt === savedAt, followed })
    }
  }

  return async () => {
    const changed = (await marks()).filter((mark) => !isKnown(mark))
    for (let from = 0; from < changed.length; from += AT_ONCE) {
      // Thousands at a start are no standstill for people.
      if (from > 0) await turn()
      await read(changed.slice(from, from + AT_ONCE))
    }
    return [...remembered.values()].flatMap(({ followed }) =>
      followed && !followed.isOver ? followed : [],
    )
  }
}

const MANY = 1_000
/** Milliseconds: bots' clocks, which date what is saved, may be wrong. */
const WRONG_BY = 10_000
const ALL_EVERY = 30_000
const LONG_AGO = 60_000
const AT_ONCE = 50

function following(before: Followed | undefined, m: Watched, monotonic: number): Followed {
  const known = knownOf(m)
  if (!before) {
    const never = { lookedAt: -Infinity, shownIn: 0, isFresh: true, isWanted: false, isOver: false }
    return { ...known, since: monotonic, ...never }
  }
  const { token, accepted, isCheck } = before
  const isFresh =
    token !== known.token || isCheck !== known.isCheck || accepted?.since !== known.accepted?.since
  return Object.assign(before, known, { isFresh: before.isFresh || isFresh, isOver: false })
}

function knownOf(m: Watched): Known {
  const { id, job, snapshot, order, watch } = m
  const { look, accepted, missed, blind, idleSince, movedAt, statusSince } = watch
  const unknown = order?.state.at === 'unknown' ? order.state : undefined
  const isCheck = followsCheck(m)
  const isPending = accepted !== undefined && !OPERATIONS[accepted.operation].begins
  const left = look && estimate(watch.pace, look)?.left
  const seenAt = momentOf(look?.at)
  return {
    id,
    job,
    state: look ? stateOf(look) : '',
    progress: look ? progressOf(look) : '',
    status: look?.status,
    statusCode: look?.statusCode,
    seenAt,
    isDelicate: Boolean(!look || unknown || isCheck || missed || blind || idleSince || isPending),
    isCheck,
    accepted,
    token: unknown?.token ?? (isCheck ? id : undefined),
    begunAt: momentOf(accepted?.since ?? watch.since),
    movedAt: momentOf(movedAt),
    statusSince: momentOf(statusSince),
    expectedAt:
      left === undefined ? momentOf(look?.expectedAt ?? snapshot.expectedAt) : seenAt + left,
  }
}

function momentOf(iso: string | undefined): number {
  return iso === undefined ? Number.NaN : Date.parse(iso)
}
