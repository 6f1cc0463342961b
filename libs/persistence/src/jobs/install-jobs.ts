import type { Client } from 'pg';
import PgBoss from 'pg-boss';
import { APP_ROLE } from '../database/row-security.js';

/** A job queue and its retry policy. */
export interface QueueDefinition {
  name: string;
  /** Further attempts after the first failure; 8 unless given. */
  retryLimit?: number;
  /** Seconds before the first retry, doubled each time; 1 unless given. */
  retryDelaySeconds?: number;
  /** A job that runs longer counts as failed and is tried again; 300 unless given. */
  expireInSeconds?: number;
}

/**
 * Creates pg-boss's schema and the queues as the owner and grants the application role their rows, so that processes
 * run with pg-boss's own migration switched off. Policy `short`: one waiting job per natural key.
 */
export async function installJobs(ownerUrl: string, client: Client, queues: QueueDefinition[]): Promise<void> {
  const boss = new PgBoss({ connectionString: ownerUrl, max: 1, migrate: true, supervise: false, schedule: false });
  const failures: Error[] = [];
  boss.on('error', (error) => failures.push(error));
  await boss.start();
  try {
    for (const queue of queues) {
      const settings = {
        name: queue.name,
        policy: 'short' as const,
        retryLimit: queue.retryLimit ?? 8,
        retryDelay: queue.retryDelaySeconds ?? 1,
        retryBackoff: true,
        expireInSeconds: queue.expireInSeconds ?? 300,
      };
      await boss.createQueue(queue.name, settings);
      await boss.updateQueue(queue.name, settings);
    }
  } finally {
    await boss.stop({ graceful: false });
  }
  if (failures[0]) throw failures[0];
  await client.query(`GRANT USAGE ON SCHEMA pgboss TO ${APP_ROLE};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA pgboss TO ${APP_ROLE};
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA pgboss TO ${APP_ROLE}`);
}
