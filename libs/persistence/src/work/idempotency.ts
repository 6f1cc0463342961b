import type { EntityManager } from 'typeorm';
import type { Actor } from '../access/actor.js';
import { IdempotencyInFlight, IdempotencyMismatch, NotJson } from './work.errors.js';

/** Key chosen by the client, and a hash of the request's body. */
export interface Idempotency {
  key: string;
  bodyHash: string;
}

interface StoredAnswer {
  command: string;
  body_hash: string;
  answer: { value: unknown };
}

/**
 * The answer stored under the key, wrapped, or null when this request is the first. It takes a lock on the key for the
 * rest of the transaction, so that of two concurrent requests one works and the other is told so at once.
 * @throws IdempotencyInFlight, IdempotencyMismatch
 */
export async function storedAnswer(
  manager: EntityManager,
  actor: Actor,
  command: string,
  { key, bodyHash }: Idempotency,
): Promise<{ value: unknown } | null> {
  const lockName = JSON.stringify(['weir.idempotency', actor.organisationId, actor.userId, key]);
  const [lock] = await manager.query('SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS got', [lockName]);
  if (!lock.got) throw new IdempotencyInFlight(key);
  const rows: StoredAnswer[] = await manager.query(
    `SELECT command, body_hash, answer FROM weir.idempotency_key
      WHERE organisation_id = $1 AND user_id = $2 AND key = $3`,
    [actor.organisationId, actor.userId, key],
  );
  const stored = rows[0];
  if (!stored) return null;
  if (stored.command !== command || stored.body_hash !== bodyHash) throw new IdempotencyMismatch(key, command);
  return stored.answer;
}

/** Stores the answer and gives it back as a replay will read it. */
export async function storeAnswer(
  manager: EntityManager,
  actor: Actor,
  command: string,
  { key, bodyHash }: Idempotency,
  value: unknown,
): Promise<unknown> {
  const text = jsonText(command, { value });
  await manager.query(
    `INSERT INTO weir.idempotency_key (organisation_id, user_id, key, command, body_hash, answer)
      VALUES ($1, $2, $3, $4, $5, $6::jsonb)`,
    [actor.organisationId, actor.userId, key, command, bodyHash, text],
  );
  return (JSON.parse(text) as { value: unknown }).value;
}

function jsonText(command: string, value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    throw new NotJson(command, error instanceof Error ? error.message : String(error));
  }
}
