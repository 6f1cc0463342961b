import { type AssetClass, LOAN_STATUSES, type LoanRecord } from '@weir/collateral';
import type { GroupedLine } from '../project/project-groups.js';
import { type Base, CLASS_TERMS } from './class-terms.js';
import { Facts } from './record-facts.js';
import type { LoanLeft, LoanPlace, TapeLines } from './tape-lines.js';

/** Most months that a term takes. */
const MOST_MONTHS = 1200;
const withinTerm = (months: number): number => Math.min(Math.max(Math.round(months), 1), MOST_MONTHS);

/**
 * Months of payments to come: as stated, until maturity, or what is left of the original term. A tape states its term as of the
 * month's end: from the opening balance the month's own payment is to come too.
 */
function termOf(facts: Facts, age: number, fromOpening: boolean): number | null {
  const atEnd = facts.amount('remainingTerm');
  const stated = atEnd === null ? facts.monthsTo('matures') : atEnd + (fromOpening ? 1 : 0);
  if (stated !== null) return withinTerm(stated);
  const original = facts.amount('originalTerm');
  return original === null ? null : withinTerm(original - age);
}

function baseOf(facts: Facts, side: 'opening' | 'closing', isReceivable: boolean): Base | LoanLeft['lacks'] {
  const opening = side === 'opening' ? facts.amount('opening') : null;
  const balance = opening ?? facts.amount('closing') ?? 0;
  const age = Math.min(Math.max(-(facts.monthsTo('originated') ?? 0), 0), MOST_MONTHS);
  const rate = isReceivable ? 0 : (facts.rate('rate') ?? facts.rate('originalRate'));
  const remainingTerm = termOf(facts, age, opening !== null);
  if (rate === null || rate < 0 || rate >= 1) return 'rate';
  if (remainingTerm === null) return 'term';
  const late = Math.min(Math.floor((facts.amount('daysPastDue') ?? 0) / 30), LOAN_STATUSES.length - 1);
  const status = LOAN_STATUSES[Math.max(late, 0)] ?? 'current';
  return { balance, grossRate: rate, netRate: rate, remainingTerm, age, loanCount: 1, status };
}

/**
 * Loans of a tape of any asset class as lines, a line a loan, with the terms that its class states. `side` says whether the
 * projection begins with the tape's own month (from opening balances, where there are any) or after it; `asOf`, YYYY-MM, is the month before
 * the first projected one. Loans without a balance are passed over.
 */
export function recordLines(
  records: readonly LoanRecord[],
  assetClass: AssetClass,
  side: 'opening' | 'closing',
  asOf: string,
): TapeLines {
  const lines: GroupedLine[] = [];
  const places: LoanPlace[] = [];
  const left: LoanLeft[] = [];
  const own = CLASS_TERMS[assetClass.name] ?? (() => ({}));
  for (const record of records) {
    const facts = new Facts(record, assetClass, `${asOf}-01`);
    const base = baseOf(facts, side, assetClass.name === 'trade-receivable');
    const place = { key: record.key ?? '', row: record.row };
    if (typeof base === 'string') {
      const balance = facts.amount('closing') ?? 0;
      if (balance > 0) left.push({ ...place, balance: BigInt(balance), lacks: base });
    } else if (base.balance > 0) {
      places.push(place);
      lines.push({ ...base, ...own(facts, base) });
    }
  }
  return { lines, places, loans: lines.length, left };
}
