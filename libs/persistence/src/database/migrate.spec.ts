import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { AppUser } from '../access/app-user.entity.js';
import { Organisation } from '../access/organisation.entity.js';
import { Person } from '../access/person.entity.js';
import { SYSTEM_ACTOR } from '../access/actor.js';
import { signInLookup } from '../access/sign-in.js';
import { PERSISTENCE_ENTITIES } from '../entities.js';
import { UnitOfWork } from '../work/unit-of-work.js';
import { startPostgres, type TestPostgres } from '../../../../test/postgres.js';
import { openAppDataSource } from './data-source.js';
import { AppRoleNotOurs, UnprotectedTables, UnsafeDatabaseRole } from './database.errors.js';
import { migrate } from './migrate.js';

const appPassword = 'secret';
const queues = [{ name: 'letters' }];

class Forgetful1800000000000 implements MigrationInterface {
  name = 'Forgetful1800000000000';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE weir.forgotten (id uuid)');
  }
  async down(): Promise<void> {}
}

describe('migrate', () => {
  let server: TestPostgres;

  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);

  afterAll(() => server.stop());

  it('works for an owner that is no superuser, and keeps the processes off its tables', async () => {
    await server.execute(`CREATE ROLE landlord LOGIN`);
    await server.execute(`CREATE DATABASE house OWNER landlord`);
    const at = (user: string) => server.url.replace(/\/\/[^@]*@/, `//${user}@`).replace(/[^/]*$/, 'house');
    await expect(migrate(at('landlord'), { appPassword })).rejects.toThrow(AppRoleNotOurs);
    await server.execute(`ALTER ROLE landlord CREATEROLE`);
    await migrate(at('landlord'), { appPassword, queues });
    await migrate(at('landlord'), { appPassword, queues });

    await expect(openAppDataSource(at('landlord'), [])).rejects.toThrow(UnsafeDatabaseRole);
    const app = await openAppDataSource(at(`weir_app:${appPassword}`), PERSISTENCE_ENTITIES);
    const units = new UnitOfWork(app);
    const { organisationId, personId, userId } = SYSTEM_ACTOR;
    await units.run(SYSTEM_ACTOR, { name: 'test', object: 'test' }, async ({ manager }) => {
      await manager.insert(Organisation, { id: organisationId, name: 'Harbour', kind: 'sponsor' });
      await manager.insert(Person, { id: personId, name: 'Ada', email: 'ada@example.org' });
      const account = { id: userId, organisationId, personId, email: 'ada@example.org', passwordHash: 'argon' };
      await manager.insert(AppUser, { ...account, roles: ['issuer'] });
    });
    expect(await signInLookup(app, 'ada@example.org')).toMatchObject({ passwordHash: 'argon' });
    expect(await app.query('SELECT id FROM weir.app_user')).toEqual([]);
    await app.destroy();
  });

  it('may be called by several processes at once and again later', async () => {
    const { ownerUrl, appUrl } = await server.createDatabase(appPassword);
    await Promise.all([1, 2, 3].map(() => migrate(ownerUrl, { appPassword, queues })));
    await migrate(ownerUrl, { appPassword, queues });

    const app = await openAppDataSource(appUrl, []);
    const [role] = await app.query(`SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user`);
    const owned = await app.query(`SELECT relname FROM pg_class WHERE relowner = current_user::regrole`);
    const queue = await app.query(`SELECT policy, retry_limit FROM pgboss.queue WHERE name = 'letters'`);
    await app.destroy();

    expect(role).toEqual({ rolname: 'weir_app', rolsuper: false, rolbypassrls: false });
    expect(owned).toEqual([]);
    expect(queue).toEqual([{ policy: 'short', retry_limit: 8 }]);
  });

  it('refuses a migration that leaves a table without row-level security', async () => {
    const { ownerUrl } = await server.createDatabase(appPassword);
    const refused = migrate(ownerUrl, { appPassword, migrations: [Forgetful1800000000000] });
    await expect(refused).rejects.toThrow(UnprotectedTables);
    await expect(refused).rejects.toMatchObject({ tables: ['weir.forgotten'] });
  });

  it('opens no superuser connection outside development', async () => {
    const { ownerUrl } = await server.createDatabase(appPassword);
    await migrate(ownerUrl, { appPassword });
    await expect(openAppDataSource(ownerUrl, [])).rejects.toThrow(UnsafeDatabaseRole);
    const allowed = await openAppDataSource(ownerUrl, [], { development: true });
    expect(allowed.isInitialized).toBe(true);
    await allowed.destroy();
  });
});
