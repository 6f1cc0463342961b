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
 * Opens the pool of a Weir process. It refuses a role that is, or may become, a superuser, one that bypasses
 * row-level security, or the owner of Weir's tables, who could switch it off.
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

// Membership counts as well as the role itself: a member could SET ROLE to what it may not be.
const UNSAFE = `SELECT session_user AS role WHERE EXISTS (
    SELECT 1 FROM pg_roles r WHERE pg_has_role(session_user, r.oid, 'MEMBER') AND (r.rolsuper OR r.rolbypassrls)
  ) OR EXISTS (
    SELECT 1 FROM pg_class c WHERE c.relnamespace = to_regnamespace('weir')
      AND pg_has_role(session_user, c.relowner, 'MEMBER')
  )`;

async function refuseUnsafeRole(dataSource: DataSource): Promise<void> {
  const unsafe: { role: string }[] = await dataSource.query(UNSAFE);
  if (unsafe[0]) throw new UnsafeDatabaseRole(unsafe[0].role);
}
