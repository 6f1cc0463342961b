import { systemTransaction } from '@weir/persistence';
import type { Receipt } from '../rpc/node.js';
import type { Hex } from '../signers/signer.js';
import type { OutboxContext } from './outbox-context.js';
import { attemptsOf, change, markDropped, markMined, openRows, replacedRows } from './outbox-rows.js';
import type { OutboxTransaction } from './outbox-transaction.entity.js';

/** Looks for the receipts of open transactions and moves them to mined, final or failed, or back when dropped. */
export async function confirmOpen(context: OutboxContext, signer: Hex): Promise<void> {
  const rows = await systemTransaction(context.dataSource, (manager) => openRows(manager, signer));
  const head = await context.node.head();
  for (const row of rows) {
    const found = await findReceipt(context, row);
    if (found) await settle(context, row, found, head);
    else await missing(context, row, head);
  }
  await reviewReplaced(context, signer, head);
}

/** Times that the receipts are looked for before a transaction counts as replaced: one empty answer proves nothing. */
const LOOKS = 3;

interface Found {
  hash: Hex;
  receipt: Receipt;
}

/** Any form of a transaction may have been mined, not only the last. */
async function findReceipt({ dataSource, node }: OutboxContext, row: OutboxTransaction): Promise<Found | null> {
  const attempts = await systemTransaction(dataSource, (manager) => attemptsOf(manager, row.id));
  for (const { hash } of attempts) {
    const receipt = await node.receipt(hash);
    if (receipt) return { hash, receipt };
  }
  return null;
}

async function settle(context: OutboxContext, row: OutboxTransaction, { hash, receipt }: Found, head: number) {
  const final = head - receipt.blockNumber >= context.finalityDepth;
  if (row.state === 'mined' && row.blockHash === receipt.blockHash && !final) return;
  await systemTransaction(context.dataSource, (manager) => markMined(manager, row, hash, receipt, final));
}

/**
 * No receipt: it waits, a reorganisation dropped it, or — when the nonce is used in a final block — another transaction
 * of the same account took its place, which only a person can judge.
 */
async function missing(context: OutboxContext, row: OutboxTransaction, head: number): Promise<void> {
  const { dataSource, node, finalityDepth } = context;
  if (row.state === 'mined') await systemTransaction(dataSource, (manager) => markDropped(manager, row.id));
  const finalBlock = head - finalityDepth;
  if (finalBlock < 0 || row.nonce === null) return;
  if ((await node.transactionCount(row.signer, finalBlock)) <= row.nonce) return;
  for (let look = 1; look < LOOKS; look += 1) if (await findReceipt(context, row)) return;
  const failure = `another transaction of ${row.signer} used nonce ${row.nonce}: enqueue this one under a new id`;
  await systemTransaction(dataSource, (manager) => change(manager, row.id, { state: 'failed', failure }));
}

/** What counted as replaced and has a receipt after all, because a node did not give it before, is what the receipt says. */
async function reviewReplaced(context: OutboxContext, signer: Hex, head: number): Promise<void> {
  for (const row of await systemTransaction(context.dataSource, (manager) => replacedRows(manager, signer))) {
    const found = await findReceipt(context, row);
    if (found) await settle(context, row, found, head);
  }
}
