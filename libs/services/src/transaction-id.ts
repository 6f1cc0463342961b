import { createHash } from 'node:crypto';
import type { Actor, Idempotency } from '@weir/persistence';

/**
 * The outbox id of a command's transaction: the deal, the command and a digest of who asked under which idempotency
 * key, so that a repeated request is the same transaction and two callers' equal keys are not. Below the outbox's 200
 * characters.
 */
export function transactionIdOf(actor: Actor, dealId: string, command: string, idempotency: Idempotency): string {
  const request = JSON.stringify([actor.organisationId, actor.userId, idempotency.key]);
  const digest = createHash('sha256').update(request).digest('hex').slice(0, 32);
  return `deal/${dealId}/${command}/${digest}`;
}
