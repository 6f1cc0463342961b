import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { startPostgres, type TestPostgres } from '../../../../test/postgres.js';
import { SYSTEM_ACTOR, type Actor } from '../access/actor.js';
import { Organisation } from '../access/organisation.entity.js';
import { openAppDataSource } from '../database/data-source.js';
import { migrate } from '../database/migrate.js';
import { PERSISTENCE_ENTITIES } from '../entities.js';
import { UnknownQueue } from '../jobs/jobs.errors.js';
import { UnitOfWork, type Tx } from './unit-of-work.js';
import { IdempotencyInFlight, IdempotencyMismatch, NotJson } from './work.errors.js';

const appPassword = 'secret';

class Refused extends Error {}

describe('UnitOfWork', () => {
  let server: TestPostgres;
  let app: DataSource;
  let units: UnitOfWork;
  let actor: Actor;

  beforeAll(async () => {
    server = await startPostgres();
    const { ownerUrl, appUrl } = await server.createDatabase(appPassword);
    await migrate(ownerUrl, { appPassword, queues: [{ name: 'letters' }] });
    app = await openAppDataSource(appUrl, PERSISTENCE_ENTITIES, { maxConnections: 20 });
    units = new UnitOfWork(app);
  }, 60_000);

  afterAll(async () => {
    await app.destroy();
    await server.stop();
  });

  beforeEach(() => {
    actor = { userId: randomUUID(), personId: randomUUID(), organisationId: randomUUID(), roles: ['operator'] };
  });

  const addOrganisation = async (tx: Tx, id: string) => {
    await tx.manager.insert(Organisation, { id, name: 'Harbour Servicing', kind: 'servicer' });
    tx.record({ object: `organisation:${id}`, before: null, after: { id, fee: 12n } });
    await tx.job('letters', { id }, id);
    return { id };
  };

  /** Rows that a command on organisation `id` under `key` left behind, table by table. */
  const traces = (id: string, key: string) =>
    units.read(SYSTEM_ACTOR, async (manager) => {
      const count = async (sql: string, value: string) => Number((await manager.query(sql, [value]))[0].count);
      return {
        organisations: await count('SELECT count(*) FROM weir.organisation WHERE id = $1', id),
        audit: await count('SELECT count(*) FROM weir.audit_record WHERE object = $1', `organisation:${id}`),
        jobs: await count('SELECT count(*) FROM pgboss.job WHERE singleton_key = $1', id),
        keys: await count('SELECT count(*) FROM weir.idempotency_key WHERE key = $1', key),
      };
    });

  it('commits the change, its audit record, its job and its idempotency row together', async () => {
    const id = randomUUID();
    const idempotency = { key: `key-${id}`, bodyHash: 'a' };
    const command = { name: 'organisation.add', object: `organisation:${id}`, why: 'new servicer', idempotency };
    await units.run(actor, command, (tx) => addOrganisation(tx, id));

    expect(await traces(id, idempotency.key)).toEqual({ organisations: 1, audit: 1, jobs: 1, keys: 1 });
    const [record] = await units.read(actor, (manager) =>
      manager.query('SELECT * FROM weir.audit_record WHERE object = $1', [`organisation:${id}`]),
    );
    expect(record).toMatchObject({
      actor_user: actor.userId,
      actor_person: actor.personId,
      actor_organisation: actor.organisationId,
      command: 'organisation.add',
      before: null,
      after: { id, fee: '12' },
      why: 'new servicer',
    });
  });

  it('leaves nothing behind when the work fails', async () => {
    const id = randomUUID();
    const idempotency = { key: `key-${id}`, bodyHash: 'a' };
    const failing = units.run(actor, { name: 'add', object: 'x', idempotency }, async (tx) => {
      await addOrganisation(tx, id);
      throw new Refused('after everything was written');
    });
    await expect(failing).rejects.toThrow(Refused);
    expect(await traces(id, idempotency.key)).toEqual({ organisations: 0, audit: 0, jobs: 0, keys: 0 });
  });

  it('leaves nothing behind when a job names an unknown queue', async () => {
    const id = randomUUID();
    const failing = units.run(actor, { name: 'add', object: 'x' }, async (tx) => {
      await addOrganisation(tx, id);
      await tx.job('leters', {}, id);
    });
    await expect(failing).rejects.toThrow(UnknownQueue);
    expect(await traces(id, '-')).toEqual({ organisations: 0, audit: 0, jobs: 0, keys: 0 });
  });

  it('keeps one waiting job per natural key', async () => {
    const id = randomUUID();
    await units.run(actor, { name: 'add', object: 'x' }, async (tx) => {
      await tx.job('letters', { n: 1 }, id);
      await tx.job('letters', { n: 2 }, id);
    });
    expect((await traces(id, '-')).jobs).toBe(1);
  });

  it('replays the stored answer and refuses another body or command under the key', async () => {
    const id = randomUUID();
    const command = { name: 'add', object: 'x', idempotency: { key: `key-${id}`, bodyHash: 'a' } };
    const first = await units.run(actor, command, (tx) => addOrganisation(tx, id));
    const again = await units.run(actor, command, (tx) => addOrganisation(tx, id));
    expect([first, again]).toEqual([{ id }, { id }]);

    const otherBody = { ...command, idempotency: { ...command.idempotency, bodyHash: 'b' } };
    await expect(units.run(actor, otherBody, (tx) => addOrganisation(tx, id))).rejects.toThrow(IdempotencyMismatch);
    const otherCommand = { ...command, name: 'remove' };
    await expect(units.run(actor, otherCommand, (tx) => addOrganisation(tx, id))).rejects.toThrow(IdempotencyMismatch);
    expect(await traces(id, `key-${id}`)).toEqual({ organisations: 1, audit: 1, jobs: 1, keys: 1 });
  });

  it('keeps the keys of two users apart', async () => {
    const other: Actor = { ...actor, userId: randomUUID() };
    const command = { name: 'add', object: 'x', idempotency: { key: `key-${randomUUID()}`, bodyHash: 'a' } };
    const answers = await Promise.all([
      units.run(actor, command, async () => 'mine'),
      units.run(other, command, async () => 'theirs'),
    ]);
    expect(answers).toEqual(['mine', 'theirs']);
  });

  it('lets one of ten concurrent requests work and tells nine that it is in flight', async () => {
    const id = randomUUID();
    const command = { name: 'add', object: 'x', idempotency: { key: `key-${id}`, bodyHash: 'a' } };
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const calls = Array.from({ length: 10 }, () =>
      units.run(actor, command, async (tx) => {
        const answer = await addOrganisation(tx, id);
        await held;
        return answer;
      }),
    );
    let refused = 0;
    for (const call of calls) call.catch(() => (refused += 1) === 9 && release());
    const settled = await Promise.allSettled(calls);

    const reasons = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(settled.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(reasons.filter((reason) => reason instanceof IdempotencyInFlight)).toHaveLength(9);
    expect(await traces(id, `key-${id}`)).toEqual({ organisations: 1, audit: 1, jobs: 1, keys: 1 });
  });

  it('refuses an answer that JSON cannot carry', async () => {
    const command = { name: 'add', object: 'x', idempotency: { key: `key-${randomUUID()}`, bodyHash: 'a' } };
    await expect(units.run(actor, command, async () => ({ amount: 12n }))).rejects.toThrow(NotJson);
  });

  it('writes nothing in a read', async () => {
    const id = randomUUID();
    const write = units.read(actor, (manager) =>
      manager.insert(Organisation, { id, name: 'Harbour Servicing', kind: 'servicer' }),
    );
    await expect(write).rejects.toThrow('read-only transaction');
  });
});
