import { systemTransaction } from '@weir/persistence';
import type { Acceptance } from '../rpc/node.js';
import type { OutboxContext } from './outbox-context.js';
import { change, type Attempt } from './outbox-rows.js';

/** Sends one form and notes that the chain has it. `nonce-used` is settled by the next look at the receipts. */
export async function broadcastAttempt(context: OutboxContext, id: string, attempt: Attempt): Promise<Acceptance> {
  const taken = await context.node.broadcast(attempt.raw);
  if (taken !== 'underpriced') {
    await systemTransaction(context.dataSource, (manager) => change(manager, id, { state: 'sent' }));
  }
  return taken;
}
