import { monthsBetween, type PlainDate } from '@weir/calendar';
import type { LoanMonth, PoolLine } from '@weir/collateral';

/** Lines of a tape's loans, and the loans that tell too little to be projected. */
export interface TapeLines {
  readonly lines: readonly PoolLine[];
  readonly loans: number;
  /** Loans without a rate, or without anything to count a remaining term from. */
  readonly left: readonly { readonly key: string; readonly row: number; readonly balance: bigint }[];
}

const monthStart = (month: string): PlainDate => `${month}-01`;

/** Months of payments to come after `asOf` (YYYY-MM); at least one, for a loan past its maturity is due at once. */
function remainingTerm(loan: LoanMonth, asOf: string): number | null {
  if (loan.maturityMonth) return Math.max(1, monthsBetween(monthStart(asOf), monthStart(loan.maturityMonth)));
  const age = ageOf(loan, asOf);
  return loan.originalTerm === null || age === null ? null : Math.max(1, loan.originalTerm - age);
}

function ageOf(loan: LoanMonth, asOf: string): number | null {
  if (!loan.originationMonth) return null;
  return Math.max(0, monthsBetween(monthStart(loan.originationMonth), monthStart(asOf)));
}

/**
 * Loans of a tape as lines, those that are alike in rate, term and age as one. `side` says whether the projection begins
 * with the tape's own month (from opening balances) or after it; `asOf` is the month before the first projected one.
 */
export function tapeLines(loans: readonly LoanMonth[], side: 'opening' | 'closing', asOf: string): TapeLines {
  const groups = new Map<string, { balance: number; count: number; line: Omit<PoolLine, 'balance' | 'loanCount'> }>();
  const left: { key: string; row: number; balance: bigint }[] = [];
  for (const loan of loans) {
    const balance = loan[side];
    if (balance <= 0n) continue;
    const rate = loan.currentRate ?? loan.originalRate;
    const term = remainingTerm(loan, asOf);
    if (rate === null || term === null) {
      left.push({ key: loan.key, row: loan.row, balance });
      continue;
    }
    const age = ageOf(loan, asOf) ?? 0;
    const key = `${rate} ${term} ${age}`;
    const grossRate = Number(rate) / 1e12;
    const group = groups.get(key) ?? {
      balance: 0,
      count: 0,
      line: { grossRate, netRate: grossRate, remainingTerm: term, age },
    };
    group.balance += Number(balance);
    group.count += 1;
    groups.set(key, group);
  }
  const lines = [...groups.values()].map(({ balance, count, line }) => ({ ...line, balance, loanCount: count }));
  return { lines, loans: lines.reduce((sum, { loanCount }) => sum + loanCount, 0), left };
}
