import { z } from 'zod'

import type { Job } from '../job.ts'
import type { Planted } from '../planted.ts'

/** MigrateOption of DescribeMigrationDetail. */
export function migrateOption(job: Job, planted: Planted) {
  return {
    DatabaseTable: databaseTable(job.databaseInfo),
    MigrateType: TYPES[job.migrateType],
    Consistency: { Mode: 'notConfigured' },
    IsMigrateAccount: false,
    IsOverrideRoot: job.overrideRoot,
    IsDstReadOnly: false,
    ExtraAttr: extraAttributes(job, planted),
    MigrateWay: null,
    RateLimit: null,
  }
}

function extraAttributes({ clearsTarget }: Job, planted: Planted) {
  const all = [
    ...(planted ? [{ Key: 'DstPassword', Value: planted }] : []),
    ...(clearsTarget ? [{ Key: 'DstWriteMode', Value: 'clearData' }] : []),
  ]
  return all.length > 0 ? all : null
}

const TYPES = { 1: 'structure', 2: 'full', 3: 'fullAndIncrement' } as const

/** From the JSON text that 2018-03-30 has for it: "[]" is the whole instance. */
function databaseTable(databaseInfo: string) {
  const databases = readDatabases(databaseInfo)
  if (databases.length === 0) {
    return { ObjectMode: 'all', Databases: null, AdvancedObjects: null }
  }
  return { ObjectMode: 'partial', Databases: databases.map(dbItem), AdvancedObjects: null }
}

const database = z.object({
  Database: z.string(),
  Table: z.array(z.object({ TableName: z.string() })).optional(),
})

function readDatabases(text: string): z.output<typeof database>[] {
  try {
    return z.array(database).parse(JSON.parse(text))
  } catch {
    return []
  }
}

function dbItem({ Database: name, Table: tables }: z.output<typeof database>) {
  return {
    DbName: name,
    NewDbName: name,
    SchemaName: '',
    NewSchemaName: '',
    DBMode: tables ? 'partial' : 'all',
    SchemaMode: '',
    TableMode: tables ? 'partial' : '',
    Tables:
      tables?.map(({ TableName }) => ({
        TableName,
        NewTableName: TableName,
        TmpTables: null,
        TableEditMode: '',
      })) ?? null,
    ViewMode: '',
    Views: null,
    RoleMode: '',
    Roles: null,
  }
}
