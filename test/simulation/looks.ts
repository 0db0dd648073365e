import { type Migration, isWatched } from '../../src/migration/migration.ts'
import type { Machine } from './machine.ts'
import { MINUTE } from './scheduler.ts'

/** A look: when it was asked for, when DTS had a look, in true time. */
type Asked = { askedAt: number; seenAt: number }
type Written = Asked & { writtenAt: number }

/** Many times as long as between two looks, also where most of what a bot does fails. */
const UNWATCHED = 20 * MINUTE

/** The looks that were written down, and which of them was old when it was. */
export class WrittenLooks {
  /** One for each old look that was told as news. */
  readonly stale: string[] = []
  readonly unwatched = new Set<string>()
  readonly #asked = new Map<string, Asked>()
  readonly #watchedSince = new Map<string, number>()
  readonly #newest = new Map<string, Asked>()
  readonly #written = new Map<string, Written[]>()
  readonly #machines: Machine[]

  constructor(machines: Machine[]) {
    this.#machines = machines
  }

  /** Notes each watched job that nobody has asked about, though a bot has been running long enough. */
  notice(now: number, askedAbout: Map<string, number>): void {
    const then = now - UNWATCHED
    if (!this.#machines.some(({ runsSince }) => runsSince < then)) return
    for (const [job, since] of this.#watchedSince) {
      const last = Math.max(since, askedAbout.get(job) ?? 0)
      if (last < then) this.unwatched.add(`${job} was not looked at for ${UNWATCHED} ms`)
    }
  }

  /** Whether a look at what was so at `since` had been written down by `then`. */
  hasSeen(migration: string, since: number, then: number): boolean {
    const written = this.#written.get(migration) ?? []
    return written.some(({ seenAt, writtenAt }) => seenAt > since && writtenAt < then)
  }

  /** What DTS answered under this request id. */
  answered(requestId: string, asked: Asked): void {
    this.#asked.set(requestId, asked)
  }

  note(m: Migration, now: number): void {
    const { id, job, watch } = m
    if (!isWatched(m)) this.#watchedSince.delete(job.id)
    else if (!this.#watchedSince.has(job.id)) this.#watchedSince.set(job.id, now)
    const asked = this.#asked.get(watch?.look?.requestId ?? '')
    const newest = this.#newest.get(id)
    if (!asked || asked === newest) return
    this.#newest.set(id, asked)
    const written = this.#written.get(id) ?? []
    this.#written.set(id, [...written, { ...asked, writtenAt: now }])
    if (!newest || asked.seenAt >= newest.askedAt) return
    // Looks are dated by the clock of whoever asks.
    const wereRight = this.#machines.every(({ lastWrong }) => lastWrong < asked.askedAt)
    const late = newest.askedAt - asked.seenAt
    if (wereRight) this.stale.push(`a look at ${job.id} was told as news, ${late} ms after it was`)
  }
}
