import type { LoanMonth } from '../tape/loan-month.js';

/** Loans with a balance and their closing balance (cents) by days past due at the end of the collection period. */
export interface DelinquencyBucket {
  bucket: '0' | '1-30' | '31-60' | '61-90' | '91-120' | '>120' | 'not stated';
  loans: number;
  balance: bigint;
}

const UPPER: [DelinquencyBucket['bucket'], number][] = [
  ['0', 0],
  ['1-30', 30],
  ['31-60', 60],
  ['61-90', 90],
  ['91-120', 120],
  ['>120', Number.POSITIVE_INFINITY],
];

function bucketOf(days: number | null): DelinquencyBucket['bucket'] {
  if (days === null) return 'not stated';
  return UPPER.find(([, upper]) => days <= upper)?.[0] ?? 'not stated';
}

/** The six buckets, always all of them, and "not stated" when a loan with a balance states no days past due. */
export function delinquencyOf(loans: readonly LoanMonth[]): DelinquencyBucket[] {
  const buckets = new Map<string, DelinquencyBucket>(
    UPPER.map(([bucket]) => [bucket, { bucket, loans: 0, balance: 0n }]),
  );
  for (const loan of loans) {
    if (loan.closing === 0n) continue;
    const bucket = bucketOf(loan.daysPastDue);
    const entry = buckets.get(bucket) ?? { bucket, loans: 0, balance: 0n };
    buckets.set(bucket, { bucket, loans: entry.loans + 1, balance: entry.balance + loan.closing });
  }
  return [...buckets.values()];
}
