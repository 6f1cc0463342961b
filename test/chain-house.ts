import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';
import { migrate, openAppDataSource, UnitOfWork, type MigrationClass } from '@weir/persistence';
import { startAnvil, type TestChain } from './anvil.js';
import { startPostgres } from './postgres.js';

/** A chain and a migrated database of one spec file. */
export interface ChainHouse {
  readonly chain: TestChain;
  readonly app: DataSource;
  readonly units: UnitOfWork;
  close(): Promise<void>;
}

/** Starts both. What the database holds is given, so that a library's own specs are of its sources. */
export async function openChainHouse(
  migrations: MigrationClass[],
  entities: (EntityTarget<ObjectLiteral> & (new () => ObjectLiteral))[],
): Promise<ChainHouse> {
  const [server, chain] = await Promise.all([startPostgres(), startAnvil()]);
  const appPassword = 'secret';
  const { ownerUrl, appUrl } = await server.createDatabase(appPassword);
  await migrate(ownerUrl, { appPassword, migrations });
  const app = await openAppDataSource(appUrl, entities, { maxConnections: 12 });
  const close = async (): Promise<void> => {
    await app.destroy();
    await Promise.all([server.stop(), chain.stop()]);
  };
  return { chain, app, units: new UnitOfWork(app), close };
}
