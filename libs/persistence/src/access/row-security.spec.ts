import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { startPostgres, type TestPostgres } from '../../../../test/postgres.js';
import { openAppDataSource } from '../database/data-source.js';
import { migrate } from '../database/migrate.js';
import { dealVisible } from '../database/row-security.js';
import { PERSISTENCE_ENTITIES } from '../entities.js';
import { UnitOfWork } from '../work/unit-of-work.js';
import { SYSTEM_ACTOR, type Actor, type Role } from './actor.js';
import { AppUser } from './app-user.entity.js';
import { DealParty } from './deal-party.entity.js';
import { Organisation, type OrganisationKind } from './organisation.entity.js';
import { Person } from './person.entity.js';
import { signInLookup } from './sign-in.js';

const appPassword = 'secret';

class Notes1800000000000 implements MigrationInterface {
  name = 'Notes1800000000000';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE weir.note (deal_id uuid NOT NULL, text text NOT NULL)`);
    await runner.query(dealVisible('weir.note'));
  }
  async down(): Promise<void> {}
}

describe('row-level security', () => {
  let server: TestPostgres;
  let appUrl: string;
  let app: DataSource;
  let units: UnitOfWork;
  const deal = randomUUID();
  const otherDeal = randomUUID();

  const member = (role: Role): Actor => ({
    userId: randomUUID(),
    personId: randomUUID(),
    organisationId: randomUUID(),
    roles: [role],
  });
  const issuer = member('issuer');
  const otherIssuer = member('issuer');
  const investors = [member('investor'), member('investor')] as const;
  const auditor = member('auditor');

  const command = { name: 'test', object: 'test' };
  const act = <T>(actor: Actor, sql: string, values: unknown[] = []): Promise<T> =>
    units.run(actor, command, (tx) => tx.manager.query(sql, values));
  const texts = (actor: Actor) => units.read(actor, (m) => m.query('SELECT text FROM weir.note ORDER BY text'));

  beforeAll(async () => {
    server = await startPostgres();
    const database = await server.createDatabase(appPassword);
    appUrl = database.appUrl;
    await migrate(database.ownerUrl, { appPassword, migrations: [Notes1800000000000] });
    app = await openAppDataSource(appUrl, PERSISTENCE_ENTITIES);
    units = new UnitOfWork(app);
    const kinds: [Actor, OrganisationKind][] = [
      [issuer, 'sponsor'],
      [otherIssuer, 'sponsor'],
      [investors[0], 'investor'],
      [investors[1], 'investor'],
    ];
    await units.run(SYSTEM_ACTOR, command, async ({ manager }) => {
      for (const [actor, kind] of kinds)
        await manager.insert(Organisation, { id: actor.organisationId, name: kind, kind });
    });
    for (const [actor, id] of [
      [issuer, deal],
      [otherIssuer, otherDeal],
    ] as const) {
      await units.run(actor, command, async ({ manager }) => {
        await manager.insert(DealParty, { dealId: id, organisationId: actor.organisationId, role: 'issuer' });
        await manager.query('INSERT INTO weir.note VALUES ($1, $2)', [id, `of ${id === deal ? 'one' : 'two'}`]);
      });
    }
    for (const investor of investors) {
      const party = [deal, investor.organisationId];
      await act(issuer, `INSERT INTO weir.deal_party VALUES ($1, $2, 'investor')`, party);
    }
  }, 60_000);

  afterAll(async () => {
    await app.destroy();
    await server.stop();
  });

  it('shows a deal to its parties only, and everything to the auditor', async () => {
    expect(await texts(issuer)).toEqual([{ text: 'of one' }]);
    expect(await texts(investors[0])).toEqual([{ text: 'of one' }]);
    expect(await texts(otherIssuer)).toEqual([{ text: 'of two' }]);
    expect(await texts(auditor)).toEqual([{ text: 'of one' }, { text: 'of two' }]);
  });

  it('changes no row of a deal one is no party of, and lets the auditor change nothing', async () => {
    for (const actor of [issuer, auditor]) {
      expect(await act(actor, `UPDATE weir.note SET text = 'x' WHERE deal_id = $1`, [otherDeal])).toEqual([[], 0]);
      const insert = act(actor, `INSERT INTO weir.note VALUES ($1, 'x')`, [otherDeal]);
      await expect(insert).rejects.toThrow('row-level security');
    }
  });

  it('lets nobody join the deal of another organisation', async () => {
    const join = act(otherIssuer, `INSERT INTO weir.deal_party VALUES ($1, $2, 'trustee')`, [
      deal,
      otherIssuer.organisationId,
    ]);
    await expect(join).rejects.toThrow('row-level security');
  });

  it('hides investors of a deal from each other, not from its issuer', async () => {
    const seen = async (actor: Actor) => {
      const parties = await units.read(actor, (m) => m.find(DealParty, { where: { dealId: deal } }));
      return new Set(parties.map((party) => party.organisationId));
    };
    const [first, second] = investors.map((investor) => investor.organisationId);
    expect(await seen(investors[0])).toEqual(new Set([issuer.organisationId, first]));
    expect(await seen(issuer)).toEqual(new Set([issuer.organisationId, first, second]));
  });

  it('shows nothing to a plain connection of the application role', async () => {
    const client = new pg.Client({ connectionString: appUrl });
    await client.connect();
    const notes = await client.query('SELECT * FROM weir.note');
    const parties = await client.query('SELECT * FROM weir.deal_party');
    const disable = client.query('ALTER TABLE weir.note DISABLE ROW LEVEL SECURITY');
    await expect(disable).rejects.toThrow('must be owner');
    await client.end();
    expect([notes.rowCount, parties.rowCount]).toEqual([0, 0]);
  });

  it('forgets the actor at the end of the transaction', async () => {
    const one = await openAppDataSource(appUrl, PERSISTENCE_ENTITIES, { maxConnections: 1 });
    await new UnitOfWork(one).run(issuer, command, async () => undefined);
    const left = await one.query('SELECT weir.current_roles() AS roles, weir.current_organisation() AS organisation');
    await one.destroy();
    expect(left).toEqual([{ roles: [], organisation: null }]);
  });

  it('finds an account for sign-in before anybody is signed in, and lists none', async () => {
    const person = { id: randomUUID(), name: 'Ada Reyes', email: 'ada@example.org' };
    const user = { id: randomUUID(), personId: person.id, organisationId: issuer.organisationId };
    await units.run(SYSTEM_ACTOR, command, async ({ manager }) => {
      await manager.insert(Person, person);
      await manager.insert(AppUser, { ...user, email: person.email, passwordHash: 'argon', roles: ['issuer'] });
    });
    expect(await signInLookup(app, 'Ada@Example.org')).toEqual({
      actor: { userId: user.id, personId: person.id, organisationId: issuer.organisationId, roles: ['issuer'] },
      passwordHash: 'argon',
      disabled: false,
    });
    expect(await signInLookup(app, 'nobody@example.org')).toBeNull();
    expect(await app.query('SELECT id FROM weir.app_user')).toEqual([]);
    const hashes = units.read(SYSTEM_ACTOR, (m) => m.query('SELECT password_hash FROM weir.app_user'));
    await expect(hashes).rejects.toThrow('permission denied');
  });

  it('lets nobody edit the audit log', async () => {
    for (const sql of ['UPDATE weir.audit_record SET why = null', 'DELETE FROM weir.audit_record']) {
      await expect(act(SYSTEM_ACTOR, sql)).rejects.toThrow('permission denied');
    }
  });
});
