import { leafFromJson, loanLeafId, proofFromJson, verifySumProof } from '@weir/audit';
import { bytesOf, type Hex } from '@weir/money';
import { exactMembers } from './compare.js';
import { FileUnusable, Mismatch } from './errors.js';
import { jsonOfFile } from './files.js';
import { pathOf } from './report.js';
import { settlementsFor } from './rows.js';
import type { PublishedFiles, Rpc } from './types.js';

function saltOf(path: string, value: unknown): Hex {
  if (typeof value !== 'string' || !/^0x[0-9a-f]{64}$/.test(value))
    throw new FileUnusable(path, 'salt is not 32 bytes');
  bytesOf(value as Hex);
  return value as Hex;
}

/**
 * The third proof: the loan of loan-proof.json is under the settled root, and its salted id is that of its key. `row` is
 * the loan's line in loans.csv, the header being line 1.
 * @returns a sentence for the tick. @throws what makes the tick red
 */
export async function proveLoan(rpc: Rpc, files: PublishedFiles, period: number): Promise<string> {
  const path = pathOf(period, 'loan-proof.json');
  const published = jsonOfFile(files, path);
  exactMembers(path, published, ['row', 'loanKey', 'salt', 'leaf', 'proof'], []);
  const { loanKey } = published;
  if (typeof loanKey !== 'string') throw new FileUnusable(path, 'loanKey is not text');
  exactMembers(`leaf of ${path}`, Object(published.leaf) as object, ['id', 'sums'], []);
  exactMembers(`proof of ${path}`, Object(published.proof) as object, ['index', 'count', 'siblings'], []);
  const leaf = leafFromJson(published.leaf);
  const proof = proofFromJson(published.proof);
  if (loanLeafId(loanKey, saltOf(path, published.salt)) !== leaf.id) {
    throw new Mismatch(`the leaf of ${path} is not that of loan ${loanKey}: loanKey, salt or leaf was changed`);
  }
  if (published.row !== proof.index + 2) {
    throw new Mismatch(`row of ${path} is ${String(published.row)}; leaf ${proof.index} is line ${proof.index + 2}`);
  }
  const events = await settlementsFor(rpc, files, period);
  const settled = events.find((event) => verifySumProof(leaf, proof, event.tapeRoot as Hex));
  if (!settled) {
    throw new Mismatch(
      `loan ${loanKey} is not proven under the root ${events[0]?.tapeRoot} on chain: take ${path} as it was published`,
    );
  }
  return `loan ${loanKey} is one of ${proof.count} under root ${settled.tapeRoot}`;
}
