import { sql, type Kysely } from 'kysely'

/** The tables as the first release has them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createMigrations(db)
  await createEvents(db)
  await createDue(db)
}

async function createMigrations(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('migrations')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('account', 'text', (c) => c.notNull())
    .addColumn('region', 'text', (c) => c.notNull())
    .addColumn('job_id', 'text', (c) => c.notNull())
    .addColumn('live', 'integer', (c) => c.notNull())
    .addColumn('watched', 'integer', (c) => c.notNull())
    .addColumn('origin', 'text', (c) => c.notNull().unique())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('card_number', 'integer', (c) => c.notNull())
    .addColumn('card_posting_since', 'text')
    .addColumn('card_channel', 'text')
    .addColumn('card_ts', 'text')
    .addColumn('card_hash', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('migrations_one_live_for_each_job')
    .unique()
    .on('migrations')
    .columns(['account', 'region', 'job_id'])
    .where(sql.ref('live'), '=', 1)
    .execute()
  await db.schema.createIndex('migrations_by_job').on('migrations').column('job_id').execute()
  await db.schema
    .createIndex('migrations_watched')
    .on('migrations')
    .column('created_at')
    .where(sql.ref('watched'), '=', 1)
    .execute()
}

async function createEvents(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('events')
    .addColumn('migration_id', 'text', (c) => c.notNull().references('migrations.id'))
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('event', 'text', (c) => c.notNull())
    .addColumn('news', 'text')
    .addColumn('after', 'text', (c) => c.notNull())
    .addColumn('posting_since', 'text')
    .addColumn('delivered_at', 'text')
    .addPrimaryKeyConstraint('events_key', ['migration_id', 'seq'])
    .execute()
}

async function createDue(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('due')
    .addColumn('queue', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('stamp', 'integer', (c) => c.notNull())
    .addColumn('run_at', 'text', (c) => c.notNull())
    .addColumn('sent_at', 'text', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('alarm', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('due_key', ['queue', 'key', 'stamp'])
    .execute()
  await db.schema.createIndex('due_by_time').on('due').column('run_at').execute()
}
