import type { Migration } from 'kysely/migration'
import { up as first } from './001-first.ts'

/** Every schema step, in order. A released step is never edited: add the next one. */
export const steps: Record<string, Migration> = {
  '001-first': { up: first },
}
