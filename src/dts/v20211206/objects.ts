/** Reads DatabaseTableObject of DTS API 2021-12-06: what of the source is migrated. */
import { z } from 'zod'
import type { Databases, Snapshot } from '../job.ts'
import { text } from '../lenient.ts'
import type { Scrub } from '../scrub.ts'

const some = z.array(z.unknown()).catch([])
const database = z.object({ DbName: text, SchemaName: text, Tables: some })

export const rawObjects = z
  .object({ ObjectMode: text, Databases: some })
  .catch({ ObjectMode: undefined, Databases: [] })

/** Everything, where DTS names neither a mode nor a database. */
export function objects(
  { ObjectMode, Databases: items }: z.output<typeof rawObjects>,
  scrub: Scrub,
): Pick<Snapshot, 'wholeInstance' | 'databases'> {
  const wholeInstance = ObjectMode === 'all' || (ObjectMode === undefined && items.length === 0)
  return { wholeInstance, databases: wholeInstance ? undefined : databasesIn(items, scrub) }
}

/** Undefined for anything but named databases. A schema counts as one. */
function databasesIn(items: unknown[], scrub: Scrub): Databases | undefined {
  const parsed = z.array(database).min(1).max(MOST_ITEMS).safeParse(items)
  const names = parsed.data?.flatMap(({ DbName, SchemaName }) =>
    DbName && SchemaName ? `${DbName}.${SchemaName}` : (DbName ?? SchemaName ?? []),
  )
  if (!parsed.success || !names || names.length < items.length) return undefined
  return {
    names: names.slice(0, MOST_NAMES).map((name) => scrub.text(name)),
    total: items.length,
    tables: parsed.data.reduce((sum, { Tables }) => sum + Tables.length, 0),
  }
}

/** As many as anybody reads. */
const MOST_NAMES = 20

/** More than anybody sets up. */
const MOST_ITEMS = 50_000
