import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/** Every queue there is. */
export const QUEUES = ['send', 'expire', 'watch', 'compare', 'publish'] as const

export type QueueName = (typeof QUEUES)[number]

/**
 * A unit of work for the world. On both engines:
 * - It runs at least once at or after `at` (default: now) for each send, and survives kill -9.
 * - Sends of one key may be folded into one run, which begins after all of them were committed.
 * - One queue and key never runs twice at once, in all processes. (Best effort after a process was
 *   declared dead: it may be alive and only cut off.)
 * - A handler that throws is run again after 1, 2, 4 ... at most 60 s, for ever.
 * - A handler that returns milliseconds is run again after them. Each key has one such alarm: the one
 *   that a run asks for replaces the one that an earlier run asked for. It never replaces a send.
 *   (Not a time: the clock may be set between the handler that reckons it and the queue.)
 */
export type Send = { queue: QueueName; key: string; at?: Date }

export type Handlers = Record<QueueName, (key: string) => Promise<number | void>>

/**
 * How long one run may take, in milliseconds. Handlers keep to it by construction: what they wait for
 * is bounded by parts of it. PostgreSQL gives a run that takes longer to another process.
 */
export const RUN_MS = 40_000

/** The seam between the engines. */
export type Queue = {
  /** Enqueues within the caller's transaction. */
  send(trx: Kysely<Tables>, work: Send): Promise<void>
  /** Something may be due. Called after each commit. */
  wake(): void
  /** Begins to run what is due. */
  work(handlers: Handlers): Promise<void>
  /** Takes no more work, and waits for the work in hand, at most `SHUTDOWN_MS`. */
  stop(): Promise<void>
}

/**
 * How long a stop waits for the work in hand, in milliseconds. Before it the last HTTP requests may
 * take 3 s: together less than the 10 s after which Docker kills.
 */
export const SHUTDOWN_MS = 5_000
