import { everyoneReads } from '@weir/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Columns of the tables, by name. */
export const PLATFORM_MANIFEST_TABLES: Readonly<Record<string, string>> = {
  platform_manifest: 'id text primary key, manifest jsonb not null',
};

/** Keeps the manifest of the platform's deployment. */
export class PlatformManifest1700000006790 implements MigrationInterface {
  readonly name = 'PlatformManifest1700000006790';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, columns] of Object.entries(PLATFORM_MANIFEST_TABLES)) {
      await runner.query(`create table weir.${table} (${columns})`);
      await runner.query(everyoneReads(`weir.${table}`));
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table weir.platform_manifest');
  }
}
