import { monthsBetween, type PlainDate } from '@weir/calendar';
import { LOAN_STATUSES, type LoanStanding, type LoanStatus, openingOf, type PoolLine } from '@weir/collateral';
import { RATE_SCALE } from '@weir/money';

/** A loan of a tape, by its key and its row. */
export interface LoanPlace {
  readonly key: string;
  readonly row: number;
}

/** A loan that tells too little to be projected; its balance in minor units. */
export interface LoanLeft extends LoanPlace {
  readonly balance: bigint;
  /** A rate from 0 up to 100 %, or anything to count a remaining term from. */
  readonly lacks: 'rate' | 'term';
}

/** Lines of a tape's loans, and the loans that tell too little to be projected. */
export interface TapeLines {
  readonly lines: readonly PoolLine[];
  /** Of which loan each line is. */
  readonly places: readonly LoanPlace[];
  readonly loans: number;
  readonly left: readonly LoanLeft[];
}

const monthStart = (month: string): PlainDate => `${month}-01`;

/**
 * Months of payments to come after `asOf` (YYYY-MM); at least one, for a loan past its maturity is due at once. A term that
 * the tape states is as of its month's end.
 */
function remainingTerm(loan: LoanStanding, asOf: string, side: 'opening' | 'closing'): number | null {
  if (loan.maturityMonth) return Math.max(1, monthsBetween(monthStart(asOf), monthStart(loan.maturityMonth)));
  const age = ageOf(loan, asOf);
  if (loan.originalTerm !== null && age !== null) return Math.max(1, loan.originalTerm - age);
  if (!loan.remainingTerm) return loan.originalTerm;
  return Math.max(1, loan.remainingTerm + (side === 'opening' ? 1 : 0));
}

function ageOf(loan: LoanStanding, asOf: string): number | null {
  if (!loan.originationMonth) return null;
  return Math.max(0, monthsBetween(monthStart(loan.originationMonth), monthStart(asOf)));
}

/** Whether a rate is one of which a loan can be projected. */
const isRate = (rate: bigint | null): rate is bigint => rate !== null && rate >= 0n && rate < RATE_SCALE;

/** Bucket of a loan's days past due; a loan without a statement is current. */
function statusOf({ daysPastDue }: LoanStanding): LoanStatus {
  const bucket = Math.min(Math.floor((daysPastDue ?? 0) / 30), LOAN_STATUSES.length - 1);
  return LOAN_STATUSES[Math.max(0, bucket)] ?? 'current';
}

/**
 * Loans of a tape as lines, a line a loan, with its rate, term, age and delinquency status. `side` says whether the
 * projection begins with the tape's own month (from opening balances) or after it; `asOf` is the month before the first
 * projected one.
 */
export function tapeLines(loans: readonly LoanStanding[], side: 'opening' | 'closing', asOf: string): TapeLines {
  const lines: PoolLine[] = [];
  const places: LoanPlace[] = [];
  const left: LoanLeft[] = [];
  for (const loan of loans) {
    const balance = side === 'opening' ? openingOf(loan) : loan.closing;
    if (balance <= 0n) continue;
    const rate = loan.currentRate ?? loan.originalRate;
    const term = remainingTerm(loan, asOf, side);
    const { key, row } = loan;
    if (!isRate(rate) || term === null) {
      left.push({ key, row, balance, lacks: isRate(rate) ? 'term' : 'rate' });
      continue;
    }
    const grossRate = Number(rate) / 1e12;
    const terms = { grossRate, netRate: grossRate, remainingTerm: term, age: ageOf(loan, asOf) ?? 0 };
    places.push({ key, row });
    lines.push({ ...terms, balance: Number(balance), loanCount: 1, status: statusOf(loan) });
  }
  return { lines, places, loans: lines.length, left };
}
