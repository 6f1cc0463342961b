import { DataSource, type DataSourceOptions } from 'typeorm';
import { UnsafeDatabaseRole } from './database.errors.js';

export type Entities = NonNullable<DataSourceOptions['entities']>;

export interface DataSourceChoice {
  /** Allows a superuser connection, for experiments on a throw-away database only. */
  development?: boolean;
  /** Most connections of this process; 10 unless given. */
  maxConnections?: number;
}

/**
 * Opens the pool of a Weir process. It refuses a role that is, or may become, a superuser or one that bypasses
 * row-level security.
 * @throws UnsafeDatabaseRole unless `development`
 */
export async function openAppDataSource(
  url: string,
  entities: Entities,
  choice: DataSourceChoice = {},
): Promise<DataSource> {
  const dataSource = await new DataSource({
    type: 'postgres',
    url,
    schema: 'weir',
    entities,
    synchronize: false,
    installExtensions: false,
    applicationName: 'weir',
    extra: { max: choice.maxConnections ?? 10 },
  }).initialize();
  try {
    if (!choice.development) await refuseUnsafeRole(dataSource);
    return dataSource;
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}

async function refuseUnsafeRole(dataSource: DataSource): Promise<void> {
  const unsafe: { role: string }[] = await dataSource.query(
    `SELECT current_user AS role FROM pg_roles r
      WHERE pg_has_role(session_user, r.oid, 'MEMBER') AND (r.rolsuper OR r.rolbypassrls) LIMIT 1`,
  );
  if (unsafe[0]) throw new UnsafeDatabaseRole(unsafe[0].role);
}
