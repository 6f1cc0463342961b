import type { DataSource, EntityManager } from 'typeorm';
import { SYSTEM_ACTOR } from '../access/actor.js';
import { applyActor } from '../access/actor-settings.js';

/**
 * One transaction as Weir itself, without an audit record: for machinery that moves its own state (outbox, indexer,
 * sealer). What a person commands, or a job does on their behalf, goes through UnitOfWork.
 */
export async function systemTransaction<T>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  return dataSource.transaction(async (manager) => {
    await applyActor(manager, SYSTEM_ACTOR);
    return work(manager);
  });
}
