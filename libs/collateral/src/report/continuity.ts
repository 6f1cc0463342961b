import { formatMoney } from '@weir/money';
import type { Finding } from '../tape/finding.js';
import type { LoanMonth } from '../tape/loan-month.js';
import type { ReportedTape } from './reported-tape.js';

/**
 * Closing balance (cents) of every pool loan in the last tape that had it, by loan key (see `closingsAfter`); null for
 * the first report.
 */
export type PreviousClosings = ReadonlyMap<string, bigint> | null;

function vanished(key: string, previous: bigint | undefined): Finding {
  const stood = previous === undefined ? 'no earlier balance is on file' : `it stood at ${formatMoney(previous)}`;
  return {
    row: null,
    column: null,
    value: key,
    rule: 'vanished',
    weight: 'blocks',
    message: `loan ${key} of the pool is not in this tape; ${stood}`,
    remedy: 'ask the servicer for its row: a loan may leave the tape only after its balance reached zero',
  };
}

function blockedRow(key: string, row: number): Finding {
  return {
    row,
    column: null,
    value: key,
    rule: 'blocked-row',
    weight: 'blocks',
    message: `row ${row} of pool loan ${key} is blocked by a finding of the tape`,
    remedy: 'have the servicer correct the row; the report is not made without it',
  };
}

function reopened(loan: LoanMonth, previous: bigint): Finding {
  const difference = formatMoney(loan.opening - previous);
  return {
    row: loan.row,
    column: 'reportingPeriodBeginningLoanBalanceAmount',
    value: difference,
    rule: 'opening-differs',
    weight: 'warns',
    message: `row ${loan.row}: opening ${formatMoney(loan.opening)} differs by ${difference} from the closing balance before`,
    remedy: 'ask the servicer what changed between the two reports',
  };
}

/** Pool loans that are absent, blocked or do not open where they closed. */
export function checkContinuity(
  tape: ReportedTape,
  present: readonly LoanMonth[],
  poolKeys: ReadonlySet<string>,
  previous: PreviousClosings,
): Finding[] {
  const findings: Finding[] = [];
  const seen = new Set(present.map((loan) => loan.key));
  const blocked = new Map(tape.blocked.map(({ key, row }) => [key, row]));
  for (const key of poolKeys) {
    if (seen.has(key) || previous?.get(key) === 0n) continue;
    const row = blocked.get(key);
    findings.push(row === undefined ? vanished(key, previous?.get(key)) : blockedRow(key, row));
  }
  for (const loan of present) {
    const before = previous?.get(loan.key);
    if (before !== undefined && before !== loan.opening) findings.push(reopened(loan, before));
  }
  return findings;
}

/**
 * The closing balances to hand to the next report: those of this tape, and for loans that are no longer in it what they
 * last closed at, so that a loan that left at zero stays known to be at zero.
 */
export function closingsAfter(
  previous: PreviousClosings,
  tape: Pick<ReportedTape, 'loans'>,
  poolKeys: ReadonlySet<string>,
): Map<string, bigint> {
  const closings = new Map(previous ?? []);
  for (const loan of tape.loans) if (poolKeys.has(loan.key)) closings.set(loan.key, loan.closing);
  return closings;
}
