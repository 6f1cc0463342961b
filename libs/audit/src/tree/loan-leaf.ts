import { hmac } from '@noble/hashes/hmac';
import { sha256 } from '@noble/hashes/sha2';
import { keccak_256 } from '@noble/hashes/sha3';
import { concatBytes } from '@noble/hashes/utils';
import { bytesOf, hexOf, type Hex } from '@weir/money';
import { SaltInvalid } from './errors.js';

/**
 * The money columns of a loan's leaf, in order: unsigned cents. A signed amount is two columns, what went forward
 * (gross) and what was taken back (reversed); an adjustment lowers or raises the balance.
 */
export const LOAN_SUM_COLUMNS = [
  'opening',
  'closing',
  'interestGross',
  'interestReversed',
  'principalGross',
  'principalReversed',
  'adjustmentLowering',
  'adjustmentRaising',
  'chargeOffGross',
  'chargeOffReversed',
  'recoveryGross',
  'recoveryReversed',
  'repurchaseGross',
  'repurchaseReversed',
] as const;

export type LoanSumColumn = (typeof LOAN_SUM_COLUMNS)[number];

/** The sums of a leaf in column order. */
export function loanSums(parts: Record<LoanSumColumn, bigint>): bigint[] {
  return LOAN_SUM_COLUMNS.map((column) => parts[column]);
}

/** Sums of a leaf or the totals of a tree by column name. */
export function namedSums(sums: readonly bigint[]): Record<LoanSumColumn, bigint> {
  return Object.fromEntries(LOAN_SUM_COLUMNS.map((column, i) => [column, sums[i] ?? 0n])) as Record<
    LoanSumColumn,
    bigint
  >;
}

/**
 * The salt of one loan: HMAC-SHA256 of a secret of the deal over the loan key. Showing one loan's salt then proves that
 * loan and tells nothing about any other.
 */
export function loanSalt(secret: Hex, key: string): Hex {
  return hexOf(hmac(sha256, bytesOf(secret), new TextEncoder().encode(key)));
}

/** The published id of a loan: keccak256(salt ‖ utf-8 of the loan key). @throws SaltInvalid unless the salt has 32 bytes */
export function loanLeafId(key: string, salt: Hex): Hex {
  const saltBytes = bytesOf(salt);
  if (saltBytes.length !== 32) throw new SaltInvalid(saltBytes.length);
  return hexOf(keccak_256(concatBytes(saltBytes, new TextEncoder().encode(key))));
}

/**
 * The pledge salt of a loan: HMAC-SHA256 of a secret of the deployment over `pledge/` and the JSON of originator and loan key.
 * Loan keys are an originator's own numbers, so that a loan is known by both. The salt is the same for every deal, so that
 * a loan has one pledge key, `loanLeafId(key, pledgeSalt(secret, originator, key))`, wherever it is pledged.
 */
export function pledgeSalt(secret: Hex, originator: string, key: string): Hex {
  return loanSalt(secret, `pledge/${JSON.stringify([originator, key])}`);
}
