import { mulDiv, RATE_SCALE } from '@weir/money';
import { type LoanRecord, rolesOf, type RoleOf } from '../tape/loan-record.js';
import type { AssetClass } from '../tape/model/field.js';
import { newLoss, type Stating, statingOf } from '../tape/history/new-loss.js';
import { monthBalances, type MonthBalances, roundingOf } from '../tape/month-balances.js';
import { duePayment, type DueTerms, interestOf, termsOf } from './due-payment.js';
import type { LoanPayment } from './expected-payment.js';
import type {
  InterestKind,
  Paid,
  PaymentsReconciled,
  PaymentSums,
  ReconciledLoan,
  ReconcileOptions,
} from './reconciled.js';

/** Simple interest is looked for in so many days. */
const MOST_DAYS = 366n;
const NONE: PaymentSums = {
  loans: 0,
  expected: { interest: 0n, principal: 0n, total: 0n },
  reported: { interest: 0n, principal: 0n, total: 0n },
};

const plus = (a: LoanPayment, b: LoanPayment): LoanPayment => ({
  interest: a.interest + b.interest,
  principal: a.principal + b.principal,
  total: a.total + b.total,
});

const withLoan = <S extends PaymentSums>(sums: S, { expected, reported }: ReconciledLoan): S => ({
  ...sums,
  loans: sums.loans + 1,
  expected: plus(sums.expected, expected),
  reported: plus(sums.reported, reported),
});

/** A loan whose two months are compared. */
interface Compared {
  readonly record: LoanRecord;
  readonly balances: MonthBalances;
  readonly terms: DueTerms;
  readonly reported: LoanPayment;
  /** Part of the reported interest that the row states apart, and so explains. */
  readonly apart: bigint;
}

const asCents = (value: unknown): bigint | null => (typeof value === 'bigint' ? value : null);
const isNear = (a: bigint, b: bigint, tolerance: bigint): boolean => (a > b ? a - b : b - a) <= tolerance;

const below = (amount: bigint | null): bigint => (amount !== null && amount < 0n ? -amount : 0n);

/** The most that principal can be. The month may open higher than the last one closed, where the balance was raised between. */
function owedBy({ balances: { opening, adjustment, chargeOff }, terms }: Compared): bigint {
  const stood = opening !== null && opening > terms.balance ? opening : terms.balance;
  return stood + below(adjustment) + below(chargeOff);
}

/** No reset of a rate multiplies it so: one of the two months states it in another unit. */
const FAR = 30n;

const isFar = (now: bigint, before: bigint): boolean => before !== 0n && (now > before * FAR || now * FAR < before);

/** A year's interest, rounded up. */
const yearOf = (balance: bigint, rate: bigint): bigint => mulDiv(balance, rate, RATE_SCALE, 'up');

/** The number of whole days of which an amount is the simple interest; null when it is of none. */
function daysOf(amount: bigint, { balance, rate, days: own }: DueTerms, options: ReconcileOptions): number | null {
  const { rounding, tolerance } = options;
  const daysInYear = own?.year ?? options.daysInYear;
  if (rate === 0n || amount <= 0n) return null;
  const year = RATE_SCALE * BigInt(daysInYear);
  const days = mulDiv(amount, year, balance * rate, 'half-up');
  if (days < 1n || days > MOST_DAYS) return null;
  return isNear(mulDiv(balance * days, rate, year, rounding), amount, tolerance) ? Number(days) : null;
}

/**
 * Reconciles what the servicer reports of each loan's payment with what last month's terms ask for, exactly, in minor units.
 * Feed it last month's tape by `remember`, then this month's by `compare`. Rows that a finding blocks are left out of both.
 */
export class PaymentReconciler {
  private readonly roleOf: RoleOf;
  private readonly losses: Stating;
  /** By loan; null where the terms are not stated. A loan that was compared is taken out. */
  private readonly terms = new Map<string, DueTerms | null>();
  private readonly kinds = new Map<string, PaymentSums & { readonly paid: Paid; readonly interest: InterestKind }>();
  private all = NONE;
  private unknown = 0;
  private added = 0;

  constructor(
    assetClass: AssetClass,
    private readonly options: ReconcileOptions,
  ) {
    this.roleOf = rolesOf(assetClass);
    this.losses = statingOf(assetClass, 'chargeOff');
  }

  /** Takes a row of last month's tape. */
  remember(record: LoanRecord): void {
    if (record.blocked || record.key === null) return;
    const balance = asCents(this.roleOf(record, 'closing'));
    if (balance === null || balance > 0n) this.terms.set(record.key, termsOf(record, this.roleOf));
  }

  /** Compares a row of this month's tape; null when there is nothing to compare it with. @throws PaymentTermsInvalid */
  compare(record: LoanRecord): ReconciledLoan | null {
    if (record.blocked || record.key === null) return null;
    const terms = this.terms.get(record.key);
    if (terms === undefined) {
      this.added += 1;
      return null;
    }
    this.terms.delete(record.key);
    const balances = monthBalances(record, this.roleOf);
    const reported = this.reportedOf(record, balances);
    if (terms === null || reported === null) {
      this.unknown += 1;
      return null;
    }
    const loan = this.reconciled({ record, balances, terms, reported, apart: this.otherInterest(record) }, record.key);
    this.count(loan);
    return loan;
  }

  /** The outcome; loans of last month that were not compared are gone. */
  result(): PaymentsReconciled {
    const order = [...this.kinds.values()].sort((a, b) => b.loans - a.loans);
    return { all: this.all, kinds: order, unknown: this.unknown, added: this.added, gone: this.terms.size };
  }

  /** All interest and all principal that the row reports; null when it lacks either. */
  private reportedOf(record: LoanRecord, { principal }: MonthBalances): LoanPayment | null {
    const stated = asCents(this.roleOf(record, 'interest'));
    if (stated === null || principal === null) return null;
    const interest = stated + this.otherInterest(record);
    return { interest, principal, total: interest + principal };
  }

  private otherInterest(record: LoanRecord): bigint {
    return asCents(this.roleOf(record, 'otherInterest')) ?? 0n;
  }

  private reconciled(loan: Compared, key: string): ReconciledLoan {
    const { record, terms, reported, apart } = loan;
    const { rounding, tolerance } = this.options;
    const expected = duePayment(terms, rounding);
    // What the balance may be off by moves its interest too.
    const near = tolerance + interestOf({ ...terms, balance: terms.imprecise }, terms.rate, 'up');
    const days = daysOf(reported.interest - apart, terms, { ...this.options, tolerance: near });
    const interest = this.kindOf(loan, expected, days, near);
    return {
      ...{ key, row: record.row, expected, reported, interest, owed: owedBy(loan) },
      paid: this.paidOf(loan, expected, near),
      days: interest === 'days' ? days : null,
    };
  }

  private paidOf(loan: Compared, expected: LoanPayment, tolerance: bigint): Paid {
    const { balances, terms, reported } = loan;
    const whole = this.options.tolerance + terms.imprecise + roundingOf(balances);
    if (reported.principal > owedBy(loan) + whole) return 'more than owed';
    if (newLoss(balances, terms.lost, this.losses) > 0n) return 'charged off';
    if (balances.closing === 0n && isNear(reported.principal, terms.balance, whole)) return 'in full';
    if (isNear(reported.total, expected.total, tolerance)) return 'as due';
    if (reported.total === 0n) return 'nothing';
    return reported.total < expected.total ? 'less' : 'more';
  }

  private kindOf(loan: Compared, expected: LoanPayment, days: number | null, tolerance: bigint): InterestKind {
    const { record, terms } = loan;
    const { balance, rate } = terms;
    const reported = loan.reported.interest - loan.apart;
    if (isNear(reported, expected.interest, tolerance)) return 'a month';
    if (reported === 0n) return 'none';
    if (days !== null) return 'days';
    if (loan.reported.principal === 0n && reported <= yearOf(balance, rate)) return 'arrears';
    const now = asCents(this.roleOf(record, 'rate'));
    if (now === null || now === rate || now < 0n || isFar(now, rate)) return 'unexplained';
    const fits = isNear(reported, interestOf(terms, now, this.options.rounding), tolerance);
    const whole = daysOf(reported, { ...terms, rate: now }, { ...this.options, tolerance });
    return fits || whole !== null ? 'another rate' : 'unexplained';
  }

  private count(loan: ReconciledLoan): void {
    const { paid, interest } = loan;
    const name = `${paid}, ${interest}`;
    this.all = withLoan(this.all, loan);
    this.kinds.set(name, withLoan(this.kinds.get(name) ?? { ...NONE, paid, interest }, loan));
  }
}
