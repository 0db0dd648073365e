/** Reads DatabaseTableObject of DTS API 2021-12-06: what of the source is migrated. */
import type { Databases, Snapshot } from '../job.ts'
import { fields, itemsOf, objectOf, text } from '../lenient.ts'
import type { Scrub } from '../scrub.ts'

const database = fields((raw) => ({
  DbName: text(raw.DbName),
  SchemaName: text(raw.SchemaName),
  Tables: itemsOf(raw.Tables),
}))

export const rawObjects = fields((raw) => ({
  ObjectMode: text(raw.ObjectMode),
  Databases: itemsOf(raw.Databases),
}))

/** Everything, where DTS names neither a mode nor a database. */
export function objects(
  { ObjectMode, Databases: items }: ReturnType<typeof rawObjects>,
  scrub: Scrub,
): Pick<Snapshot, 'wholeInstance' | 'databases'> {
  const wholeInstance = ObjectMode === 'all' || (ObjectMode === undefined && items.length === 0)
  return { wholeInstance, databases: wholeInstance ? undefined : databasesIn(items, scrub) }
}

/** Undefined for anything but named databases. A schema counts as one. */
function databasesIn(items: unknown[], scrub: Scrub): Databases | undefined {
  if (items.length === 0 || items.length > MOST_ITEMS || !items.every(objectOf)) return undefined
  const databases = items.map(database)
  const names = databases.flatMap(({ DbName, SchemaName }) =>
    DbName && SchemaName ? `${DbName}.${SchemaName}` : (DbName ?? SchemaName ?? []),
  )
  if (names.length < items.length) return undefined
  return {
    names: names.slice(0, MOST_NAMES).map((name) => scrub.text(name)),
    total: items.length,
    tables: databases.reduce((sum, { Tables }) => sum + Tables.length, 0),
  }
}

/** As many as anybody reads. */
const MOST_NAMES = 20

/** More than anybody sets up. */
const MOST_ITEMS = 50_000
