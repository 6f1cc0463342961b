import { type Dice } from './dice.js';
import type { SampleEvent } from './month-events.js';
import type { LoanState } from './loan-state.js';
import { simpleInterest, type SampleLoan } from './sample-loan.js';

/** What a month did to a sample loan, in cents; null prints as NA. */
export interface LoanFlows {
  opening: bigint;
  interest: bigint;
  principal: bigint;
  adjustment: bigint;
  other: bigint;
  chargeOff: bigint | null;
  recovery: bigint | null;
  repurchase: bigint | null;
  zeroBalanceCode: '1' | '3' | '4' | null;
  extension: number | null;
  after: LoanState;
}

/** Payments in a row that a borrower may miss before the loan is charged off. */
const MISSED_BEFORE_CHARGE_OFF = 4;

interface Turn {
  loan: SampleLoan;
  before: LoanState;
  /** Interest due by the end of the month, unpaid interest of earlier months included. */
  due: bigint;
  dice: Dice;
}

type Change = Partial<Omit<LoanFlows, 'opening' | 'after'>> & { after?: Partial<LoanState> };

function flows({ before }: Turn, change: Change): LoanFlows {
  const { after, ...moved } = change;
  const amounts = { interest: 0n, principal: 0n, adjustment: 0n, other: 0n, ...moved };
  const balance = before.balance - amounts.principal - amounts.adjustment - (moved.chargeOff ?? 0n);
  return {
    opening: before.balance,
    chargeOff: null,
    recovery: null,
    repurchase: null,
    zeroBalanceCode: null,
    extension: null,
    ...amounts,
    after: { ...before, ...after, balance },
  };
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

function payOff(turn: Turn): LoanFlows {
  const after = { accrued: 0n, missed: 0, status: 'gone' } as const;
  return flows(turn, { interest: turn.due, principal: turn.before.balance, zeroBalanceCode: '1', after });
}

/** Pays so many instalments and perhaps a late charge or something extra: accrued interest first, then principal. */
function pay(turn: Turn, instalments: number): LoanFlows {
  const { loan, before, due, dice } = turn;
  const extra = dice.chance(30) ? BigInt(dice.between(20, 900)) * 100n : 0n;
  const paid = loan.payment * BigInt(instalments) + extra;
  if (paid >= before.balance + due) return payOff(turn);
  const interest = least(due, paid);
  const other = before.missed > 0 && dice.chance(300) ? 1500n : 0n;
  const missed = Math.max(0, before.missed + 1 - instalments);
  return flows(turn, { interest, principal: paid - interest, other, after: { accrued: due - interest, missed } });
}

function miss(turn: Turn): LoanFlows {
  return flows(turn, { after: { accrued: turn.due, missed: turn.before.missed + 1 } });
}

function chargeOff(turn: Turn): LoanFlows {
  const amount = turn.before.balance;
  const after = { accrued: 0n, missed: 0, status: 'charged-off', chargedOff: { amount, months: 0 } } as const;
  return flows(turn, { chargeOff: amount, zeroBalanceCode: '4', after });
}

function repurchase(turn: Turn): LoanFlows {
  const { balance } = turn.before;
  const after = { accrued: 0n, missed: 0, status: 'gone' } as const;
  return flows(turn, { repurchase: balance + turn.due, adjustment: balance, zeroBalanceCode: '3', after });
}

/** This month's payment is returned by the bank: the adjustment puts its principal back; interest shows in no column. */
function reverse(turn: Turn): LoanFlows {
  const paid = pay(turn, 1);
  if (paid.after.status === 'gone') return paid;
  return flows(turn, { ...paid, adjustment: -paid.principal, after: { accrued: 0n, missed: turn.before.missed + 1 } });
}

/** A payment of an earlier month is returned and nothing is paid: principal collected is negative. */
function payNegatively(turn: Turn): LoanFlows {
  const interest = simpleInterest(turn.before.balance, turn.loan.rate, 30);
  const returned = turn.loan.payment - least(interest, turn.loan.payment - 1n);
  return flows(turn, { principal: -returned, after: { accrued: turn.due, missed: turn.before.missed + 1 } });
}

function extend(turn: Turn): LoanFlows {
  const extension = turn.dice.between(1, 2);
  const extendedMonths = turn.before.extendedMonths + extension;
  return flows(turn, { extension, after: { accrued: turn.due, missed: 0, extendedMonths } });
}

/** A boarded loan comes in with its whole amount as a negative adjustment. */
function board(turn: Turn): LoanFlows {
  return flows(turn, { adjustment: -turn.loan.originalAmount, after: { status: 'active' } });
}

/** A charged-off loan: money comes back in the month after, and now and then later. */
function recover(turn: Turn): LoanFlows {
  const { amount, months } = turn.before.chargedOff ?? { amount: 0n, months: 0 };
  const comes = months === 0 || turn.dice.chance(300);
  const recovery = comes ? (amount * BigInt(turn.dice.between(5, 25))) / 100n : 0n;
  return flows(turn, { recovery, zeroBalanceCode: '4', after: { chargedOff: { amount, months: months + 1 } } });
}

function payAsUsual(turn: Turn): LoanFlows {
  const { missed } = turn.before;
  if (missed >= MISSED_BEFORE_CHARGE_OFF) return chargeOff(turn);
  if (turn.dice.chance(missed === 0 ? 25 : 350)) return miss(turn);
  return pay(turn, turn.dice.chance(600) ? missed + 1 : 1);
}

const ON_EVENT: Record<SampleEvent, (turn: Turn) => LoanFlows> = {
  'charge-off': chargeOff,
  repurchase,
  payoff: payOff,
  reversal: reverse,
  'negative-payment': payNegatively,
  extension: extend,
  none: payAsUsual,
};

/** Takes a loan that is in the tape through one month of `days` days. */
export function runMonth(loan: SampleLoan, before: LoanState, event: SampleEvent, days: number, dice: Dice): LoanFlows {
  const due = before.accrued + simpleInterest(before.balance, loan.rate, days);
  const turn = { loan, before, due, dice };
  if (before.status === 'unboarded') return board(turn);
  if (before.status === 'charged-off') return recover(turn);
  return ON_EVENT[event](turn);
}
