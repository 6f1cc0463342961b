import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { startPostgres, type TestPostgres } from '../../../../test/postgres.js';
import type { Actor } from '../access/actor.js';
import { SYSTEM_ACTOR } from '../access/actor.js';
import { openAppDataSource } from '../database/data-source.js';
import { migrate } from '../database/migrate.js';
import { UnitOfWork } from '../work/unit-of-work.js';
import { sealedRecords } from './audit-export.js';
import { AuditSealer, type AuditChain } from './audit-sealer.js';

const appPassword = 'secret';

const chain: AuditChain = {
  genesis: '0x00',
  chainRecord: (previous, record) => ({
    hash: `0x${createHash('sha256').update(previous).update(JSON.stringify(record)).digest('hex')}`,
  }),
};

describe('AuditSealer', () => {
  let server: TestPostgres;
  let app: DataSource;
  let units: UnitOfWork;
  let sealer: AuditSealer;
  const actor: Actor = {
    userId: randomUUID(),
    personId: randomUUID(),
    organisationId: randomUUID(),
    roles: ['issuer'],
  };

  beforeAll(async () => {
    server = await startPostgres();
    const { ownerUrl, appUrl } = await server.createDatabase(appPassword);
    await migrate(ownerUrl, { appPassword });
    app = await openAppDataSource(appUrl, []);
    units = new UnitOfWork(app);
    sealer = new AuditSealer(app, chain);
  }, 60_000);

  afterAll(async () => {
    await app.destroy();
    await server.stop();
  });

  const log = () => units.read(SYSTEM_ACTOR, sealedRecords);

  it('does not skip a record whose transaction began earlier and commits later', async () => {
    let commit = () => {};
    const held = new Promise<void>((resolve) => (commit = resolve));
    let begun = () => {};
    const hasBegun = new Promise<void>((resolve) => (begun = resolve));
    const early = units.run(actor, { name: 'early', object: 'x' }, async (tx) => {
      await tx.manager.query('SELECT pg_current_xact_id()');
      begun();
      await held;
    });
    await hasBegun;
    await units.run(actor, { name: 'late', object: 'x' }, async () => undefined);

    // The late record is committed, but an earlier transaction is still open below it.
    expect(await sealer.seal()).toBe(0);
    commit();
    await early;
    expect(await sealer.seal()).toBe(2);
    expect((await log()).map((line) => line.record['command'])).toEqual(['early', 'late']);
  });

  it('chains every record once when several sealers run at the same moment', async () => {
    for (const name of ['one', 'two', 'three']) await units.run(actor, { name, object: 'x' }, async () => undefined);
    const sealed = await Promise.all([1, 2, 3, 4].map(() => sealer.seal()));
    expect(sealed.reduce((a, b) => a + b)).toBe(3);

    const lines = await log();
    expect(lines).toHaveLength(5);
    let previous = chain.genesis;
    for (const line of lines) {
      expect(line.previous).toBe(previous);
      expect(line.hash).toBe(chain.chainRecord(previous, line.record).hash);
      previous = line.hash;
    }
  });
});
