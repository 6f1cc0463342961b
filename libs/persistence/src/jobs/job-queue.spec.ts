import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { startPostgres, type TestPostgres } from '../../../../test/postgres.js';
import { SYSTEM_ACTOR } from '../access/actor.js';
import { openAppDataSource } from '../database/data-source.js';
import { migrate } from '../database/migrate.js';
import { UnitOfWork } from '../work/unit-of-work.js';
import { JobQueue, type Job } from './job-queue.js';

const appPassword = 'secret';

class LetterLost extends Error {}

describe('JobQueue', () => {
  let server: TestPostgres;
  let app: DataSource;
  let appUrl: string;
  let units: UnitOfWork;

  beforeAll(async () => {
    server = await startPostgres();
    const database = await server.createDatabase(appPassword);
    appUrl = database.appUrl;
    await migrate(database.ownerUrl, {
      appPassword,
      queues: [{ name: 'letters', retryLimit: 2, retryDelaySeconds: 1 }, { name: 'parcels' }],
    });
    app = await openAppDataSource(appUrl, []);
    units = new UnitOfWork(app);
  }, 60_000);

  afterAll(async () => {
    await app.destroy();
    await server.stop();
  });

  const send = (queue: string, key: string) =>
    units.run(SYSTEM_ACTOR, { name: 'send', object: key }, (tx) => tx.job(queue, { key }, key));
  const states = async (queue: string) =>
    (await app.query('SELECT state FROM pgboss.job WHERE name = $1', [queue])).map(
      (row: { state: string }) => row.state,
    );
  const taken = async (id: string): Promise<void> => {
    const [{ state }] = await app.query('SELECT state FROM pgboss.job WHERE id = $1', [id]);
    if (state === 'active') return;
    await new Promise((resolve) => setTimeout(resolve, 50));
    return taken(id);
  };

  it('hands a committed job to its handler and tries again after a failure', async () => {
    const key = randomUUID();
    const seen: Job<{ key: string }>[] = [];
    const reported: unknown[] = [];
    const queue = new JobQueue({ url: appUrl, onError: (error) => reported.push(error) });
    await queue.start();
    const done = new Promise<void>((resolve) => {
      queue.workOn<{ key: string }>('letters', async (job) => {
        seen.push(job);
        if (job.attempt === 1) throw new LetterLost('the first attempt');
        resolve();
      });
    });
    await send('letters', key);
    await done;
    await queue.stop();

    expect(seen.map(({ attempt, naturalKey, data }) => ({ attempt, naturalKey, data }))).toEqual([
      { attempt: 1, naturalKey: key, data: { key } },
      { attempt: 2, naturalKey: key, data: { key } },
    ]);
    expect(reported).toEqual([new LetterLost('the first attempt')]);
    expect(await states('letters')).toEqual(['completed']);
  });

  it('lets a running handler finish and completes its job before it stops', async () => {
    await send('parcels', randomUUID());
    const queue = new JobQueue({ url: appUrl });
    await queue.start();
    let finish = () => {};
    const started = new Promise<void>((resolve) => {
      queue.workOn('parcels', () => {
        resolve();
        return new Promise<void>((end) => (finish = end));
      });
    });
    await started;
    const stopped = queue.stop();
    expect(await states('parcels')).toEqual(['active']);
    finish();
    await stopped;
    expect(await states('parcels')).toEqual(['completed']);
  });

  it('takes up at once what a killed process was running, and leaves alone what a living one runs', async () => {
    // Two processes took a job each; one of them is gone, the other still holds the lock of its job.
    for (const key of ['of the killed', 'of the living']) await send('parcels', key);
    await app.query(
      `UPDATE pgboss.job SET state = 'active', started_on = now() - interval '1 minute'
        WHERE name = 'parcels' AND state = 'created'`,
    );
    const [living] = await app.query(`SELECT id FROM pgboss.job WHERE singleton_key = 'of the living'`);
    const other = new pg.Client({ connectionString: appUrl });
    await other.connect();
    await other.query(`SELECT pg_advisory_lock(hashtextextended('weir.job.' || $1::text, 0))`, [living.id]);

    const queue = new JobQueue({ url: appUrl });
    const seen: Job<{ key: string }>[] = [];
    queue.workOn<{ key: string }>('parcels', async (job) => void seen.push(job));
    await queue.start();
    while (seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(seen).toMatchObject([{ naturalKey: 'of the killed', attempt: 2 }]);
    const [still] = await app.query('SELECT state FROM pgboss.job WHERE id = $1', [living.id]);
    expect(still.state).toBe('active');

    await other.end();
    while (seen.length === 1) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(seen[1]).toMatchObject({ naturalKey: 'of the living', attempt: 2 });
    await queue.stop();
  });

  it('goes on with other queues while a job is held by a process whose attempt counts as over', async () => {
    const key = randomUUID();
    await send('letters', key);
    const [letter] = await app.query('SELECT id FROM pgboss.job WHERE singleton_key = $1', [key]);
    const other = new pg.Client({ connectionString: appUrl });
    await other.connect();
    await other.query(`SELECT pg_advisory_lock(hashtextextended('weir.job.' || $1::text, 0))`, [letter.id]);

    const queue = new JobQueue({ url: appUrl });
    const seen: string[] = [];
    for (const name of ['letters', 'parcels']) queue.workOn(name, async ({ naturalKey }) => void seen.push(naturalKey));
    await queue.start();
    await taken(letter.id);
    const parcel = randomUUID();
    await send('parcels', parcel);
    while (seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(seen).toEqual([parcel]);
    await other.end();
    while (seen.length === 1) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(seen).toEqual([parcel, key]);
    await queue.stop();
  });

  it('stops though it was never started', async () => {
    const queue = new JobQueue({ url: appUrl });
    queue.workOn('parcels', async () => undefined);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await queue.stop();
    expect((await states('parcels')).includes('active')).toBe(false);
  });
});
