import { systemTransaction } from '@weir/persistence';
import type { Acceptance } from '../rpc/node.js';
import type { Hex } from '../signers/signer.js';
import { broadcastAttempt } from './broadcast-attempt.js';
import type { OutboxContext } from './outbox-context.js';
import { attemptsOf, change, openRows, storeAttempt, type Attempt } from './outbox-rows.js';
import type { OutboxTransaction } from './outbox-transaction.entity.js';
import { fillNonces } from './filling.js';
import { layOutDearer, refreshLaidOut } from './laying-out.js';
import { NonceGap } from './outbox.errors.js';
import { signAttempt } from './signing.js';
import { raised } from './unsigned.js';

/** Forms of one transaction at most; fees have then grown by about a third ten times over. */
const MOST_ATTEMPTS = 10;

/**
 * Sends stored bytes that the chain does not have, in nonce order: after a crash between storing and sending, after a
 * reorganisation, after the node forgot them. What waits too long is signed again with the same nonce and higher fees.
 */
export async function rebroadcast(context: OutboxContext, signer: Hex, chainCount: number): Promise<void> {
  const rows = await systemTransaction(context.dataSource, (manager) => openRows(manager, signer));
  const unmined = rows.filter((row) => row.state !== 'mined' && row.nonce !== null && row.nonce >= chainCount);
  const first = unmined[0];
  if (first) await closeGap(context, signer, first);
  for (const row of unmined) await keepAlive(context, row, row === first);
}

/** A nonce below the first open one that nobody has: told at once, and filled when it stays. */
async function closeGap(context: OutboxContext, signer: Hex, first: OutboxTransaction): Promise<void> {
  const nonce = first.nonce ?? 0;
  const next = await context.node.transactionCount(signer, 'latest');
  if (nonce <= next) return;
  context.onError(new NonceGap(signer, next, nonce), signer);
  const [latest] = await systemTransaction(context.dataSource, (manager) => attemptsOf(manager, first.id));
  const age = latest ? context.clock().getTime() - latest.signedAt.getTime() : 0;
  if (age >= context.bumpAfterMs) await fillNonces(context, signer, next, nonce);
}

async function keepAlive(context: OutboxContext, row: OutboxTransaction, isNext: boolean): Promise<void> {
  const attempts = await systemTransaction(context.dataSource, (manager) => attemptsOf(manager, row.id));
  const latest = attempts[0];
  if (!latest) return refreshLaidOut(context, row);
  let taken: Acceptance = 'known';
  if (row.state === 'signed' || !(await context.node.knows(latest.hash))) {
    taken = await broadcastAttempt(context, row.id, latest);
  }
  const age = context.clock().getTime() - latest.signedAt.getTime();
  const due = taken === 'underpriced' || (isNext && age >= context.bumpAfterMs);
  if (due && attempts.length < MOST_ATTEMPTS) await bump(context, row, latest);
}

async function bump(context: OutboxContext, row: OutboxTransaction, latest: Attempt): Promise<void> {
  if (await context.signers.isOffline(row.signer)) return layOutDearer(context, row, latest);
  const fees = raised(latest, await context.node.fees());
  const attempt = await signAttempt(context, row, latest.gasLimit, fees);
  await systemTransaction(context.dataSource, async (manager) => {
    await storeAttempt(manager, row.id, attempt);
    await change(manager, row.id, { hash: attempt.hash });
  });
  await broadcastAttempt(context, row.id, attempt);
}
