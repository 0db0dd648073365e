import { join } from 'node:path'
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite'
import { Client } from 'pg'
import { getConstructionPlans } from 'pg-boss'

type Env = Record<string, string>

/** Everything in the SQLite file, as SQL that makes it again. */
export function dumpSqlite(env: Env): string {
  using database = new DatabaseSync(join(env['DATA_DIR'] ?? '', 'dts.sqlite'))
  const made = database
    .prepare('select name, type, sql from sqlite_master where sql is not null order by rowid')
    .all()
  const lines = made.flatMap(({ name, type, sql }) => {
    const table = `"${string(name)}"`
    const rows = type === 'table' ? database.prepare(`select * from ${table}`).all() : []
    return [`${string(sql)};`, ...rows.map((row) => insertInto(table, row))]
  })
  return `${lines.join('\n')}\n`
}

function insertInto(table: string, row: Record<string, SQLOutputValue>): string {
  const columns = Object.keys(row).map((name) => `"${name}"`)
  const values = Object.values(row).map((value) =>
    value === null || typeof value === 'number' ? `${value}` : literal(string(value)),
  )
  return `insert into ${table} (${columns.join(', ')}) values (${values.join(', ')});`
}

function string(value: SQLOutputValue | undefined): string {
  if (typeof value !== 'string') throw new TypeError(`${typeof value} where a text was expected`)
  return value
}

function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`
}

/** The bot's own tables and what pg-boss keeps of the queue. */
export async function dumpPostgres(env: Env): Promise<string> {
  const client = new Client({ connectionString: env['DATABASE_URL'] })
  await client.connect()
  try {
    const names = ['schema_steps', 'schema_steps_lock', 'migrations', 'events', 'due']
    const own = names.map((name) => `dts.${name}`)
    const parts = ['create schema dts;']
    for (const table of own) parts.push(await definition(client, table))
    parts.push(getConstructionPlans('dts_queue'))
    for (const table of [...own, 'dts_queue.queue', 'dts_queue.job']) {
      parts.push(await rows(client, table))
    }
    return `${parts.join('\n')}\n`
  } finally {
    await client.end()
  }
}

async function definition(client: Client, table: string): Promise<string> {
  const columns = await client.query<{ line: string }>(
    `select format('%I %s%s', attname, format_type(atttypid, atttypmod),
       case when attnotnull then ' not null' else '' end) as line
     from pg_attribute where attrelid = $1::regclass and attnum > 0 order by attnum`,
    [table],
  )
  const constraints = await client.query<{ line: string }>(
    `select format('constraint %I %s', conname, pg_get_constraintdef(oid)) as line
     from pg_constraint where conrelid = $1::regclass and contype <> 'n'`,
    [table],
  )
  const indexes = await client.query<{ line: string }>(
    `select pg_get_indexdef(indexrelid) || ';' as line from pg_index
     where indrelid = $1::regclass
       and not exists (select from pg_constraint where conindid = indexrelid)`,
    [table],
  )
  const lines = [...columns.rows, ...constraints.rows].map(({ line }) => `  ${line}`)
  return [
    `create table ${table} (\n${lines.join(',\n')}\n);`,
    ...indexes.rows.map(({ line }) => line),
  ].join('\n')
}

/** Each row as JSON, which the table's own types read again. */
async function rows(client: Client, table: string): Promise<string> {
  const found = await client.query<{ row: string }>(
    `select to_json(one)::text as row from ${table} one`,
  )
  return found.rows
    .map(
      ({ row }) =>
        `insert into ${table} select * from json_populate_record(null::${table}, ${literal(row)});`,
    )
    .join('\n')
}
