/**
 * What is stored as JSON, parsed when it is read. Each schema is held against its type: a field that
 * is added to one and not to the other does not compile. Rows outlive the code that wrote them, so a
 * field added after a release has to be optional.
 */
import { z } from 'zod'
import { type Event, NEWS, type News } from '../migration/event.ts'
import type { Migration } from '../migration/migration.ts'
import { event } from './stored-event.ts'
import { migration } from './stored-migration.ts'

/** A row cannot be read. Its message names the row, never what is in it. */
export class StoredRowError extends Error {
  override name = 'StoredRowError' as const
}

export function parseMigration(json: string, id: string): Migration {
  return parse(migration, json, `migration ${id}`)
}

export function parseEvent(json: string, id: string): Event {
  return parse(event, json, `event ${id}`)
}

export function parseNews(text: string): News {
  return parse(z.enum(NEWS), JSON.stringify(text), 'news')
}

function parse<T>(schema: z.ZodType<T>, json: string, what: string): T {
  try {
    return schema.parse(JSON.parse(json))
  } catch {
    throw new StoredRowError(`The stored ${what} cannot be read`)
  }
}
