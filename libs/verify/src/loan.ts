import {
  leafFromJson,
  loanLeafId,
  namedSums,
  proofFromJson,
  verifySumProof,
  type SumLeaf,
  type SumProof,
} from '@weir/audit';
import { bytesOf, formatMoney, type Hex } from '@weir/money';
import { isAddress } from 'ethers';
import { keysPledgedTo, pledgedTo, releasedIn } from './chain.js';
import { exactMembers } from './compare.js';
import { vaultOf } from './deal.js';
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

/** One loan as published: its row in the tree, and what names the loan. */
interface ShownLoan {
  loanKey: string;
  leaf: SumLeaf;
  proof: SumProof;
  /** Salt of its pledge key, where its pledge is shown too. */
  pledgeSalt?: Hex;
}

/** @throws FileUnusable, Mismatch, ProofMalformed unless the file shows one loan and its leaf is that loan's */
function shownLoan(files: PublishedFiles, path: string): ShownLoan {
  const published = jsonOfFile(files, path);
  exactMembers(path, published, ['row', 'loanKey', 'salt', 'leaf', 'proof'], ['pledgeSalt']);
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
  const loan = { loanKey, leaf, proof };
  return Object.hasOwn(published, 'pledgeSalt') ? { ...loan, pledgeSalt: saltOf(path, published.pledgeSalt) } : loan;
}

/**
 * That the loan of a loan proof is under the settled root, and its salted id is that of its key. `row` is
 * the loan's line in loans.csv, the header being line 1.
 * @param path the file with the proof, `period-N/loan-proof.json` unless another loan is to be shown
 * @returns a sentence for the tick. @throws what makes the tick red
 */
export async function proveLoan(
  rpc: Rpc,
  files: PublishedFiles,
  period: number,
  path = pathOf(period, 'loan-proof.json'),
): Promise<string> {
  return (await settledLoan(rpc, files, period, path)).sentence;
}

/** The loan of a loan proof, with the settlement that it is under. @throws what makes the tick red */
async function settledLoan(rpc: Rpc, files: PublishedFiles, period: number, path: string) {
  const loan = shownLoan(files, path);
  const { loanKey, leaf, proof } = loan;
  const events = await settlementsFor(rpc, files, period);
  const settled = events.find((event) => verifySumProof(leaf, proof, event.tapeRoot as Hex));
  if (!settled) {
    throw new Mismatch(
      `loan ${loanKey} is not proven under the root ${events[0]?.tapeRoot} on chain: take ${path} as it was published`,
    );
  }
  return { loan, settled, sentence: `loan ${loanKey} is one of ${proof.count} under root ${settled.tapeRoot}` };
}

/**
 * The third proof for the file as the deal publishes it: besides, its pledge salt, where it has one, is that under which the
 * loan was pledged to the vault that settled. Whether the pledge stands is `provePledge`'s to say.
 */
export async function provePublishedLoan(rpc: Rpc, files: PublishedFiles, period: number): Promise<string> {
  const path = pathOf(period, 'loan-proof.json');
  const { loan, settled, sentence } = await settledLoan(rpc, files, period, path);
  const { loanKey, pledgeSalt } = loan;
  if (pledgeSalt === undefined) return sentence;
  const pledged = await keysPledgedTo(rpc, settled.vault);
  if (!pledged.has(loanLeafId(loanKey, pledgeSalt))) {
    throw new Mismatch(
      `pledgeSalt of ${path} is not that under which loan ${loanKey} was pledged: take the published file`,
    );
  }
  return sentence;
}

/**
 * That the shown loan is pledged to this deal and, the registry holding one deal for a loan, to no other; or that it was,
 * until it ended and was released, not before the period.
 * @returns a sentence for the tick. @throws what makes the tick red
 */
export async function provePledge(rpc: Rpc, files: PublishedFiles, period: number, path: string): Promise<string> {
  const { loanKey, leaf, pledgeSalt } = shownLoan(files, path);
  if (pledgeSalt === undefined) throw new FileUnusable(path, 'it has no pledgeSalt, so its pledge cannot be looked up');
  const { pledges } = jsonOfFile(files, 'manifest.json');
  if (!isAddress(pledges)) throw new FileUnusable('manifest.json', 'it names no registry of pledges');
  const key = loanLeafId(loanKey, pledgeSalt);
  const holder = await pledgedTo(rpc, pledges, key);
  const vault = vaultOf(files);
  if (holder.toLowerCase() === vault.toLowerCase()) return `loan ${loanKey} is pledged to this deal as ${key}`;
  const released = await releasedIn(rpc, pledges, vault, key);
  if (released !== null && released >= period)
    return `loan ${loanKey} was pledged to this deal as ${key} until it ended in period ${released}`;
  const closing = namedSums(leaf.sums).closing;
  throw new Mismatch(
    BigInt(holder) === 0n
      ? `loan ${loanKey}, of which ${formatMoney(closing)} is left, is pledged to no deal`
      : `loan ${loanKey} is pledged to the vault ${holder}, not to ${vault}`,
  );
}
