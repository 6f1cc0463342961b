import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DealParty, migrate, Organisation, openAppDataSource, SYSTEM_ACTOR, UnitOfWork } from '@weir/persistence';
import { PERSISTENCE_ENTITIES, type Actor, type Role } from '@weir/persistence';
import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { startPostgres, type TestPostgres } from '../../../../test/postgres.js';
import { CHAIN_MIGRATIONS } from '../migrations/index.js';
import { enqueueTransaction } from './enqueue-transaction.js';
import { CHAIN_ENTITIES, OutboxTransaction } from './outbox-transaction.entity.js';
import { OutboxConflict } from './outbox.errors.js';

const appPassword = 'secret';
const command = { name: 'enqueue', object: 'test' };

class Refused extends Error {}

describe('enqueueTransaction', () => {
  let server: TestPostgres;
  let app: DataSource;
  let units: UnitOfWork;
  const deal = randomUUID();
  const member = (role: Role): Actor => ({
    userId: randomUUID(),
    personId: randomUUID(),
    organisationId: randomUUID(),
    roles: [role],
  });
  const issuer = member('issuer');
  const stranger = member('issuer');

  beforeAll(async () => {
    server = await startPostgres();
    const { ownerUrl, appUrl } = await server.createDatabase(appPassword);
    await migrate(ownerUrl, { appPassword, migrations: CHAIN_MIGRATIONS });
    app = await openAppDataSource(appUrl, [...PERSISTENCE_ENTITIES, ...CHAIN_ENTITIES]);
    units = new UnitOfWork(app);
    await units.run(SYSTEM_ACTOR, command, async ({ manager }) => {
      await manager.insert(Organisation, { id: issuer.organisationId, name: 'Harbour', kind: 'sponsor' });
      await manager.insert(DealParty, { dealId: deal, organisationId: issuer.organisationId, role: 'issuer' });
    });
  }, 60_000);

  afterAll(async () => {
    await app.destroy();
    await server.stop();
  });

  const request = (id: string, dealId?: string) => ({
    id,
    signer: `0x${'Aa'.repeat(20)}` as const,
    to: `0x${'bb'.repeat(20)}` as const,
    data: '0xABCD' as const,
    purpose: 'test',
    ...(dealId && { dealId }),
  });
  const ids = async (actor: Actor) =>
    (await units.read(actor, (manager) => manager.find(OutboxTransaction))).map((row) => row.id);

  it('commits with the unit of work or not at all', async () => {
    const failing = units.run(issuer, command, async ({ manager }) => {
      await enqueueTransaction(manager, request('lost'));
      throw new Refused();
    });
    await expect(failing).rejects.toThrow(Refused);
    expect(await ids(SYSTEM_ACTOR)).not.toContain('lost');
  });

  it('shows a row to its organisation and the parties of its deal, and lets only Weir move it on', async () => {
    await units.run(issuer, command, ({ manager }) => enqueueTransaction(manager, request('own')));
    await units.run(SYSTEM_ACTOR, command, ({ manager }) => enqueueTransaction(manager, request('deal', deal)));
    expect(await ids(issuer)).toEqual(expect.arrayContaining(['own', 'deal']));
    expect(await ids(stranger)).toEqual([]);

    const forged = units.run(issuer, command, ({ manager }) =>
      manager.query(`UPDATE weir.outbox_transaction SET state = 'failed' WHERE id = 'own'`),
    );
    expect(await forged).toEqual([[], 0]);
    const [row] = await units.read(issuer, (manager) => manager.findBy(OutboxTransaction, { id: 'own' }));
    expect(row).toMatchObject({ state: 'queued', signer: `0x${'aa'.repeat(20)}`, data: '0xabcd' });
  });

  it('refuses a transaction for the deal of others, and an id that others have taken', async () => {
    const foreign = units.run(stranger, command, ({ manager }) => enqueueTransaction(manager, request('x', deal)));
    await expect(foreign).rejects.toThrow('row-level security');
    const taken = units.run(stranger, command, ({ manager }) =>
      enqueueTransaction(manager, { ...request('own'), data: '0x01' }),
    );
    await expect(taken).rejects.toThrow(OutboxConflict);
  });
});
