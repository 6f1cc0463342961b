import type { Node, Receipt } from '../rpc/node.js';
import type { Rpc } from '../rpc/rpc.js';
import type { Hex } from '../signers/signer.js';
import type { Form, ManifestStep } from './manifest-model.js';

/** Forms of a step that may have been sent, the last first. */
export function formsOf({ raw, transaction, earlier = [] }: ManifestStep): Form[] {
  return raw === undefined || transaction === null ? [...earlier] : [{ transaction, raw }, ...earlier];
}

/** What became of a step: one of its forms is mined, none is yet, or its nonce went to something else. */
export type Fate =
  | { readonly kind: 'mined'; readonly form: Form; readonly block: number; readonly succeeded: boolean }
  | { readonly kind: 'waiting'; readonly turn: boolean }
  | { readonly kind: 'taken'; readonly by: Hex };

/**
 * Looks for a step on chain. That a node gives no receipt proves nothing: only another transaction that is found under the
 * nonce does. Where the node cannot say what is there, the step goes on waiting.
 */
export async function fateOf(node: Node, rpc: Rpc, from: Hex, step: ManifestStep): Promise<Fate> {
  const found = await receiptOf(node, step);
  if (found !== null) return mined(found.form, found.receipt);
  const count = await node.transactionCount(from, 'latest');
  if (count <= step.nonce) return { kind: 'waiting', turn: count === step.nonce };
  const there = await minedUnder(node, rpc, from, step).catch(() => null);
  if (there === null) return { kind: 'waiting', turn: false };
  const form = formsOf(step).find(({ transaction }) => transaction === there.hash);
  if (form === undefined) return { kind: 'taken', by: there.hash };
  // It is ours and the node keeps its receipt to itself: a contract that lies at its address says as much.
  if (step.address === null || (await codeAt(rpc, step.address)) === '0x') return { kind: 'waiting', turn: false };
  return { kind: 'mined', form, block: there.block, succeeded: true };
}

/** The receipt of whichever form of a step was mined. */
export async function receiptOf(node: Node, step: ManifestStep): Promise<{ form: Form; receipt: Receipt } | null> {
  for (const form of formsOf(step)) {
    const receipt = await node.receipt(form.transaction);
    if (receipt !== null) return { form, receipt };
  }
  return null;
}

const mined = (form: Form, { blockNumber, succeeded }: Receipt): Fate => ({
  ...{ kind: 'mined', form, block: blockNumber, succeeded },
});

const codeAt = async (rpc: Rpc, address: Hex): Promise<Hex> =>
  (await rpc.send('eth_getCode', [address, 'latest'])) as Hex;

interface FullBlock {
  readonly transactions: readonly { readonly hash: Hex; readonly from: Hex; readonly nonce: Hex }[];
}

/** The account's transaction with the step's nonce, found by halving the blocks since the step got its nonce. */
async function minedUnder(
  node: Node,
  rpc: Rpc,
  from: Hex,
  { nonce, laidOutAt = 0 }: ManifestStep,
): Promise<{ hash: Hex; block: number } | null> {
  let [below, at] = [laidOutAt - 1, await node.head()];
  while (at - below > 1) {
    const middle = Math.floor((below + at) / 2);
    if ((await node.transactionCount(from, middle)) > nonce) at = middle;
    else below = middle;
  }
  const block = (await rpc.send('eth_getBlockByNumber', [`0x${at.toString(16)}`, true])) as FullBlock | null;
  const found = block?.transactions.find((one) => one.from.toLowerCase() === from && Number(one.nonce) === nonce);
  return found === undefined ? null : { hash: found.hash, block: at };
}
