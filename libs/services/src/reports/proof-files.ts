import { buildSumTree, leafToJson, namedSums, proofToJson, type SumLeaf } from '@weir/audit';
import { recoverSigner } from '@weir/bindings';
import { canonicalJson, formatMoney, type Hex } from '@weir/money';
import { decodeInputs, type CompiledDeal } from '@weir/waterfall';
import type { ServicerReportRecord } from '../settlement/entities.js';

/** Amounts in cents by name, as decimal strings. */
function moneyByName(amounts: Readonly<Record<string, bigint>>): Record<string, string> {
  return Object.fromEntries(Object.entries(amounts).map(([name, cents]) => [name, formatMoney(cents)]));
}

type SignedReport = Pick<
  ServicerReportRecord,
  | 'period'
  | 'revision'
  | 'inputs'
  | 'tapeRoot'
  | 'previousStateHash'
  | 'digest'
  | 'servicerSignature'
  | 'trusteeSignature'
>;

/** What servicer-report.json states beside the signed report. */
export interface ReportSurroundings {
  readonly collectionFrom: string;
  readonly collectionTo: string;
  readonly leaves: readonly SumLeaf[];
}

/** servicer-report.json: the signed report with its sums, in the form that `weir verify` checks member by member. */
export function servicerReportJson(
  compiled: Pick<CompiledDeal, 'inputs'>,
  report: SignedReport,
  around: ReportSurroundings,
): string {
  const { period, revision, tapeRoot, previousStateHash, digest, servicerSignature, trusteeSignature } = report;
  const { collectionFrom, collectionTo, leaves } = around;
  const signerOf = (signature: Hex | null): string => recoverSigner(digest, signature ?? '0x');
  return canonicalJson({
    period,
    revision,
    collectionFrom,
    collectionTo,
    inputs: moneyByName(decodeInputs(compiled, report.inputs.map(BigInt))),
    tapeRoot,
    sums: moneyByName(namedSums(buildSumTree(leaves).sums)),
    previousStateHash,
    digest,
    servicerSignature,
    trusteeSignature,
    servicer: signerOf(servicerSignature),
    trustee: signerOf(trusteeSignature),
  });
}

/** Place of the loan that is shown to be included: the largest closing balance, of equals the first. */
export function provenLoan(loans: readonly { readonly closing: bigint }[]): number {
  return loans.reduce((best, loan, index) => (loan.closing > (loans[best]?.closing ?? -1n) ? index : best), 0);
}

/** A loan that is shown: its place among the leaves and what names it. */
export interface ShownLoan {
  readonly index: number;
  readonly loanKey: string;
  readonly salt: Hex;
  /** Not given where the loan is not pledged. */
  readonly pledgeSalt?: Hex | undefined;
}

/**
 * loan-proof.json: one loan with its salt and its path to the root. `row` is its line in loans.csv, the header being
 * line 1. The salts of one loan tell nothing of another's: that of its leaf, and that of its pledge key.
 */
export function loanProofJson(leaves: readonly SumLeaf[], shown: ShownLoan): string {
  const proof = buildSumTree(leaves).proof(shown.index);
  const leaf = leaves[shown.index] as SumLeaf;
  return canonicalJson({
    row: shown.index + 2,
    loanKey: shown.loanKey,
    salt: shown.salt,
    ...(shown.pledgeSalt !== undefined && { pledgeSalt: shown.pledgeSalt }),
    leaf: leafToJson(leaf),
    proof: proofToJson(proof),
  });
}
