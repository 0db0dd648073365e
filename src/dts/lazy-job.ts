import type { JobRef, Look } from './job.ts'

/** A job of a list. Its snapshot is made when it is first read: of most, nobody reads it. */
export class LazyJob<Snapshot> {
  readonly ref: JobRef
  readonly look: Look
  declare readonly snapshot: Snapshot
  readonly #make: () => Snapshot
  #made: Snapshot | undefined

  constructor(ref: JobRef, look: Look, make: () => Snapshot) {
    this.ref = ref
    this.look = look
    this.#make = make
    Object.defineProperty(this, 'snapshot', SNAPSHOT)
  }

  static snapshotOf(job: LazyJob<unknown>): unknown {
    job.#made ??= job.#make()
    return job.#made
  }
}

/** One for all, and a field as any other: a getter in a literal takes ten times as long. */
const SNAPSHOT: PropertyDescriptor & ThisType<LazyJob<unknown>> = {
  enumerable: true,
  get() {
    return LazyJob.snapshotOf(this)
  },
}
