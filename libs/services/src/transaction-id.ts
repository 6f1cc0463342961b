import { createHash } from 'node:crypto';
import type { Idempotency } from '@weir/persistence';

/**
 * The outbox id of a command's transaction: the deal, the command and a digest of the request's idempotency key, so
 * that a repeated request is the same transaction. Below the outbox's 200 characters.
 */
export function transactionIdOf(dealId: string, command: string, idempotency: Idempotency): string {
  const digest = createHash('sha256').update(idempotency.key).digest('hex').slice(0, 32);
  return `deal/${dealId}/${command}/${digest}`;
}
