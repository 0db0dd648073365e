/** `DatabaseInfo`: JSON text that names databases, and tables where not all of one are migrated. */
import type { Databases } from '../job.ts'
import { parseJson } from '../json.ts'
import { fields, itemsOf, objectOf, text } from '../lenient.ts'
import type { Scrub } from '../scrub.ts'

const database = fields((raw) => ({
  Database: text(raw.Database),
  DbName: text(raw.DbName),
  Table: itemsOf(raw.Table),
}))

/** Undefined for anything but a list of named databases, and for one that is too long to read. */
export function databasesIn(objects: string | undefined, scrub: Scrub): Databases | undefined {
  const items = parsed(objects ?? '')
  const names = items?.flatMap(({ Database, DbName }) => Database ?? DbName ?? [])
  if (!items || !names || names.length === 0 || names.length < items.length) return undefined
  return {
    names: names.slice(0, MOST_NAMES).map((name) => scrub.text(name)),
    total: items.length,
    tables: items.reduce((sum, { Table }) => sum + Table.length, 0),
  }
}

/** As many as anybody reads. */
const MOST_NAMES = 20

/** Characters. */
const LONGEST = 1_000_000

function parsed(objects: string): ReturnType<typeof database>[] | undefined {
  if (objects.length > LONGEST) return undefined
  try {
    const items = parseJson(objects)
    return Array.isArray(items) && items.every(objectOf) ? items.map(database) : undefined
  } catch {
    return undefined
  }
}
