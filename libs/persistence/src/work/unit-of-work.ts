import type { DataSource, EntityManager } from 'typeorm';
import type { Actor } from '../access/actor.js';
import { applyActor } from '../access/actor-settings.js';
import { writeAuditRecords } from '../audit/audit-writer.js';
import { JobSender } from '../jobs/job-sender.js';
import type { Change, Command } from './command.js';
import { storeAnswer, storedAnswer } from './idempotency.js';

/** What a command works with: everything done through it commits together or not at all. */
export interface Tx {
  manager: EntityManager;
  record(change: Change): void;
  /** A job that runs after the commit, once per natural key while it waits. */
  job(queue: string, data: object, naturalKey: string): Promise<void>;
}

/** Runs commands and reads, each in one transaction bound to its actor by row-level security. */
export class UnitOfWork {
  private readonly jobs = new JobSender();

  constructor(private readonly dataSource: DataSource) {}

  /**
   * Runs a command: its change, audit records, idempotency row, jobs and outbox rows commit together or not at all.
   * With an idempotency key the answer must be plain JSON; a replay gives the stored answer without working again.
   * A command that records no change leaves one audit record all the same.
   * @throws IdempotencyMismatch (422), IdempotencyInFlight (409), NotJson, UnknownQueue, and whatever `work` throws
   */
  async run<T>(actor: Actor, command: Command, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.dataSource.transaction(async (manager) => {
      await applyActor(manager, actor);
      const stored = command.idempotency ? await storedAnswer(manager, actor, command.name, command.idempotency) : null;
      if (stored) return stored.value as T;
      const changes: Change[] = [];
      const answer = await work(this.tx(manager, changes));
      await writeAuditRecords(manager, actor, command, changes);
      if (!command.idempotency) return answer;
      return (await storeAnswer(manager, actor, command.name, command.idempotency, answer)) as T;
    });
  }

  /** Reads one consistent state of what the actor may see; a write fails. */
  async read<T>(actor: Actor, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      await manager.query('SET TRANSACTION READ ONLY');
      await applyActor(manager, actor);
      return work(manager);
    });
  }

  private tx(manager: EntityManager, changes: Change[]): Tx {
    return {
      manager,
      record: (change) => void changes.push(change),
      job: (queue, data, naturalKey) => this.jobs.send(manager, queue, data, naturalKey),
    };
  }
}
