import { grownPayments } from './grown-payments.js';
import type { LoanSchedule } from './schedule-scratch.js';
import { type MonthDays, monthsOfInterest } from './month-days.js';
import type { ScheduleTerms } from '../schedule-terms.js';

/** What a loan's own schedule begins with. */
export interface ScheduleBasis {
  readonly balance: number;
  /** Months until level payments would have repaid the loan, extensions left out. */
  readonly term: number;
  readonly interestOnlyMonths: number;
  readonly amortisation: 'level' | 'linear' | 'bullet';
  readonly days: MonthDays;
}

/** Below this part of the balance at the cut-off date nothing is left. */
const NOTHING = 1e-12;

/** What one month does to the balance, beside what is written off. */
interface Month {
  readonly principal: number;
  readonly capitalised: number;
}

/**
 * A loan that pays as it agreed and nobody prepays or defaults, month by month in the unit of its balance. It leaves the
 * schedule as shares of what stands at the time, which then hold for what is left of the loan.
 */
class OwnSchedule {
  private balance: number;
  private forborne: number;
  /** Monthly payment; NaN where it is to be set anew. */
  private payment: number;
  private lastRate = Number.NaN;
  private readonly isAgreed: boolean;

  constructor(
    private readonly terms: ScheduleTerms,
    private readonly basis: ScheduleBasis,
    private readonly schedule: LoanSchedule,
  ) {
    this.balance = basis.balance;
    this.forborne = terms.forborne ?? 0;
    this.payment = terms.payment ?? Number.NaN;
    this.isAgreed = terms.payment !== undefined || terms.paymentResetEvery !== undefined;
  }

  write(): void {
    const { schedule, basis } = this;
    const { end } = schedule;
    for (let at = 0; at < end; at++) {
      if (this.balance <= NOTHING * basis.balance) {
        // The agreed payments have repaid the loan before its term.
        schedule.end = Math.max(at, 1);
        break;
      }
      this.month(at, at === end - 1);
    }
    schedule.share[schedule.end - 1] = 1;
  }

  private month(at: number, isLast: boolean): void {
    const { schedule, terms, basis } = this;
    const { gross, net } = schedule;
    const opening = this.balance;
    const written = this.modify(at);
    const rate = gross[at]!;
    const bearing = this.balance - this.forborne;
    const first = at === 0 ? (terms.firstPeriod ?? 1) : 1;
    const months = first * monthsOfInterest(terms, basis.days, at);
    const interest = bearing * rate * months;
    const residual = isLast ? Math.min(terms.residual ?? 0, this.balance) : 0;
    const { principal, capitalised } = isLast
      ? { principal: this.balance - residual, capitalised: 0 }
      : this.paid(at, rate, interest);
    schedule.share[at] = (principal - capitalised + written + residual) / opening;
    gross[at] = interest / opening;
    net[at] = (bearing * net[at]! * months) / opening;
    schedule.parts.capitalised[at] = capitalised / opening;
    schedule.parts.forgiven[at] = written / opening;
    schedule.parts.residual[at] = residual / opening;
    this.balance += capitalised - principal - residual;
  }

  /** New terms of the month; answers what they write off. */
  private modify(at: number): number {
    const { modification } = this.terms;
    if (modification?.month !== at + 1) return 0;
    const written = Math.min(modification.forgiven ?? 0, this.balance);
    this.balance -= written;
    this.forborne = Math.min(this.forborne + (modification.forborne ?? 0), this.balance);
    this.payment = Number.NaN;
    return written;
  }

  private paid(at: number, rate: number, interest: number): Month {
    const { holiday } = this.terms;
    if (holiday && at + 1 >= holiday.from && at + 1 < holiday.from + holiday.months) {
      if (!this.isAgreed) this.payment = Number.NaN;
      return { principal: 0, capitalised: holiday.interest === 'capitalised' ? interest : 0 };
    }
    if (at < this.basis.interestOnlyMonths) return { principal: 0, capitalised: 0 };
    const { residual = 0, balloon = 0 } = this.terms;
    const most = this.balance - this.forborne - residual - balloon;
    return this.repaid(at, rate, interest, Math.max(most, 0));
  }

  /** At most `most` of principal, by the loan's way of repaying it. */
  private repaid(at: number, rate: number, interest: number, most: number): Month {
    const { principal, minimumPayment } = this.terms;
    const { amortisation } = this.basis;
    const amount = (due: number): Month => ({ principal: Math.min(Math.max(due, 0), most), capitalised: 0 });
    if (principal) return amount(principal[at] ?? 0);
    if (minimumPayment !== undefined) return amount(minimumPayment * this.balance - interest);
    if (amortisation === 'bullet') return amount(0);
    if (amortisation === 'linear') return amount(most / this.paymentsFrom(at));
    this.fix(at, rate, interest, most);
    const left = this.payment - interest;
    return left < 0 ? { principal: 0, capitalised: -left } : amount(left);
  }

  /** Payments still to come from a month on, by the terms as they stand in it. */
  private paymentsFrom(at: number): number {
    const { holiday, modification } = this.terms;
    const moved = holiday?.extends && at + 1 >= holiday.from ? holiday.months : 0;
    const extended = modification && at + 1 >= modification.month ? (modification.extension ?? 0) : 0;
    return Math.max(this.basis.term + moved + extended - at, 1);
  }

  /** Sets the payment anew where it is due to be: of equal months, whatever the day count. */
  private fix(at: number, rate: number, interest: number, most: number): void {
    const { paymentResetEvery, firstPaymentReset, paymentCap = Infinity, balanceCap = Infinity } = this.terms;
    const { recastEvery, firstRecast } = this.terms;
    const level = (): number =>
      most / grownPayments(rate, this.paymentsFrom(at)) + (this.balance - this.forborne) * rate;
    const isDue = (every: number | undefined, first: number | undefined): boolean =>
      every !== undefined && at + 1 >= (first ?? every + 1) && (at + 1 - (first ?? every + 1)) % every === 0;
    const isMoved = !this.isAgreed && rate !== this.lastRate;
    this.lastRate = rate;
    if (Number.isNaN(this.payment) || isMoved || isDue(recastEvery, firstRecast)) {
      this.payment = level();
    } else if (isDue(paymentResetEvery, firstPaymentReset)) {
      const bounds = [this.payment * (1 - Math.min(paymentCap, 1)), this.payment * (1 + paymentCap)] as const;
      this.payment = Math.min(Math.max(level(), bounds[0]), bounds[1]);
    }
    if (this.balance + interest - this.payment > Math.max(balanceCap, this.balance)) this.payment = level();
  }
}

/**
 * Writes a loan's own schedule, as shares of the balance that each month finds, into a schedule that has its rates.
 * Where nothing is owed there is nothing to share: it then repays all in the first month.
 */
export function writeOwnSchedule(terms: ScheduleTerms, basis: ScheduleBasis, schedule: LoanSchedule): void {
  const { modification } = terms;
  schedule.hasParts = true;
  schedule.drawEnd = Math.min(terms.drawMonths ?? schedule.drawEnd, schedule.drawEnd);
  for (const part of Object.values(schedule.parts)) part.fill(0, 0, schedule.end);
  if (modification?.rate !== undefined) {
    for (let at = modification.month - 1; at < schedule.end; at++) {
      const spread = schedule.gross[at]! - schedule.net[at]!;
      schedule.gross[at] = modification.rate / 12;
      schedule.net[at] = Math.max(modification.rate / 12 - spread, 0);
    }
  }
  new OwnSchedule(terms, basis, schedule).write();
}
