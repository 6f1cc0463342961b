import pg from 'pg';
import { DataSource, type MigrationInterface } from 'typeorm';
import { installJobs, type QueueDefinition } from '../jobs/install-jobs.js';
import { BlobPieces1700000000050 } from '../migrations/blob-pieces.js';
import { Foundation1700000000000 } from '../migrations/foundation.js';
import { ensureAppRole } from './app-role.js';
import { UnprotectedTables } from './database.errors.js';
import { APP_ROLE } from './row-security.js';

export type MigrationClass = new () => MigrationInterface;

export interface MigrateOptions {
  /** Password that the role weir_app gets. */
  appPassword: string;
  /** Migrations of other libraries; they run after the foundation, by the timestamp that ends their name. */
  migrations?: MigrationClass[];
  /** Job queues to create. */
  queues?: QueueDefinition[];
}

const LOCK = "hashtextextended('weir.migrate', 0)";

/**
 * Brings a database up to date as its owner: role, schema `weir`, migrations, job schema and queues. It may be called
 * at every start and by several processes at once (an advisory lock lets one in at a time).
 * @throws UnprotectedTables when a migration created a table without forced row-level security
 */
export async function migrate(ownerUrl: string, options: MigrateOptions): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'weir-migrate' });
  await client.connect();
  try {
    await client.query(`SELECT pg_advisory_lock(${LOCK})`);
    await ensureAppRole(client, options.appPassword);
    await client.query(`CREATE SCHEMA IF NOT EXISTS weir; GRANT USAGE ON SCHEMA weir TO ${APP_ROLE}`);
    await runMigrations(ownerUrl, [Foundation1700000000000, BlobPieces1700000000050, ...(options.migrations ?? [])]);
    await refuseUnprotectedTables(client);
    await installJobs(ownerUrl, client, options.queues ?? []);
  } finally {
    await client.end();
  }
}

async function runMigrations(url: string, migrations: MigrationClass[]): Promise<void> {
  const dataSource = await new DataSource({
    type: 'postgres',
    url,
    schema: 'weir',
    migrations,
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    installExtensions: false,
    extra: { max: 2 },
  }).initialize();
  try {
    await dataSource.runMigrations();
  } finally {
    await dataSource.destroy();
  }
}

async function refuseUnprotectedTables(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'weir'::regnamespace AND relkind IN ('r', 'p')
      AND relname <> 'migration' AND NOT (relrowsecurity AND relforcerowsecurity) ORDER BY relname`,
  );
  if (rows.length > 0) throw new UnprotectedTables(rows.map((row) => `weir.${row.name}`));
}
