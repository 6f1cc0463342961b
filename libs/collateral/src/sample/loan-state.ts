import { Dice } from './dice.js';
import { isBoardedLate, scheduledBalance, simpleInterest, type SampleLoan } from './sample-loan.js';

/** Where a sample loan stands at the end of a month; money in cents. */
export interface LoanState {
  balance: bigint;
  /** Interest that has accrued and is not paid. */
  accrued: bigint;
  /** Payments missed in a row and the day of the month from which they count. */
  missed: number;
  dueDay: number;
  extendedMonths: number;
  /** Loans paid off or repurchased leave the next tape; charged-off ones stay in it. */
  status: 'unboarded' | 'active' | 'charged-off' | 'gone';
  chargedOff: { amount: bigint; months: number } | null;
}

export function daysPastDue(state: LoanState): number {
  return state.missed === 0 ? 0 : state.dueDay + 30 * (state.missed - 1);
}

function missedAtCutOff(dice: Dice): number {
  const throwOf = dice.below(1000);
  if (throwOf < 900) return 0;
  if (throwOf < 990) return 1;
  return throwOf < 998 ? 2 : 3;
}

/** Where a loan stands at the close of the cut-off date, 30 June 2020. */
export function stateAtCutOff(seed: number, loan: SampleLoan, loans: number): LoanState {
  const dice = new Dice(seed, loan.index, 0x10a);
  const missed = missedAtCutOff(dice);
  const dueDay = dice.between(1, 30);
  const shared = { dueDay, extendedMonths: 0, chargedOff: null };
  if (isBoardedLate(loan.index, loans)) return { ...shared, balance: 0n, accrued: 0n, missed: 0, status: 'unboarded' };
  const balance = scheduledBalance(loan, Math.max(0, loan.ageMonths - missed));
  const accrued = simpleInterest(balance, loan.rate, dueDay + 30 * missed);
  return { ...shared, balance, accrued, missed, status: 'active' };
}
