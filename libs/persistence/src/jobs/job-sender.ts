import PgBoss from 'pg-boss';
import type { EntityManager } from 'typeorm';
import { runSql } from '../database/run-sql.js';
import { UnknownQueue } from './jobs.errors.js';

/** Writes jobs inside the caller's transaction. It holds no connection of its own. */
export class JobSender {
  private readonly boss = new PgBoss({
    db: { executeSql: () => Promise.reject(new UnknownQueue('(a job sent outside a unit of work)')) },
    migrate: false,
    supervise: false,
    schedule: false,
  });

  /**
   * Enqueues a job unless one with the same natural key already waits in the queue.
   * @throws UnknownQueue when the queue was not given to migrate()
   */
  async send(manager: EntityManager, queue: string, data: object, naturalKey: string): Promise<void> {
    const db = {
      executeSql: async (text: string, values: unknown[]) => ({ rows: await runSql(manager, text, values) }),
    };
    const id = await this.boss.send(queue, data, { singletonKey: naturalKey, db });
    if (id !== null) return;
    const known = await manager.query('SELECT 1 FROM pgboss.queue WHERE name = $1', [queue]);
    if (known.length === 0) throw new UnknownQueue(queue);
  }
}
