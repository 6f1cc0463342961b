import { groupMoney } from '@weir/money';
import type { LoanLeftOut, Projectable } from '@weir/valuation';

/** Loans that a sentence names one by one. */
const MOST_TOLD = 20;

const percentOf = (share: number): string => (Math.ceil(share * 10_000) / 100).toString();

const loanOf = ({ row, key, balance, lacks }: LoanLeftOut): string =>
  `row ${row}, loan ${key}, balance ${groupMoney(balance)}, lacks ${lacks}`;

/** What of a tape cannot be projected, and whether it is too much. */
export interface LeftOutOfTape {
  readonly isTooMuch: boolean;
  readonly sentence: string;
}

/**
 * What of a tape cannot be projected, in words; null when all can.
 * @param most the share of the balance that may be left out
 */
export function leftOutOf({ lines, leftOut, sum, all, share }: Projectable, most: number): LeftOutOfTape | null {
  if (leftOut.length === 0) return null;
  const what = `${leftOut.length} of ${leftOut.length + lines.length} loans, ${groupMoney(sum)} of ${groupMoney(all)} (${percentOf(share)} %)`;
  const more = leftOut.length > MOST_TOLD ? [`and ${leftOut.length - MOST_TOLD} more`] : [];
  const loans = [...leftOut.slice(0, MOST_TOLD).map(loanOf), ...more].join('; ');
  const isTooMuch = share > most;
  const remedy = isTooMuch
    ? `cannot be projected: bring a tape that states it, or give leaveOut as ${percentOf(share)} or more`
    : 'cannot be projected and are left out';
  return { isTooMuch, sentence: `${what}, ${remedy}: ${loans}` };
}
