import { scheduledBalances } from './plain-schedule.js';
import type { PoolAssumptions } from '../projection/assumptions.js';
import { curveAt } from '../projection/curve.js';
import { addTo, type PoolFlows } from '../projection/pool-flows.js';
import { ageOf, lastMonth, type PoolLine, rateIn } from '../projection/pool-line.js';
import { monthlyDefault, monthlyPrepayment, rememberingMonthly } from '../projection/speed.js';

/** Months that a line's flows take. */
export function monthsOf(line: PoolLine, { defaultedLoans, recoveryLag }: PoolAssumptions): number {
  return lastMonth(line) + (defaultedLoans === 'charged-off' ? recoveryLag : 0);
}

/** A line on its way through the months. */
class LineRun {
  performing: number;
  /** Defaulted loans that are still in the balance. */
  foreclosed = 0;
  private readonly scheduled: Float64Array;
  private readonly newDefaults: Float64Array;
  private readonly end: number;
  private readonly age: number;
  private readonly toSmm = rememberingMonthly();
  private readonly toMdr = rememberingMonthly();

  constructor(
    private readonly line: PoolLine,
    private readonly assumptions: PoolAssumptions,
    private readonly flows: PoolFlows,
  ) {
    this.performing = line.balance;
    this.scheduled = scheduledBalances(line);
    this.end = lastMonth(line);
    this.age = ageOf(line);
    this.newDefaults = new Float64Array(this.end + 1);
  }

  /** One month of payments, in the order of Uniform Practices SF, C.3: defaults, scheduled principal, prepayments. */
  month(month: number): void {
    const { flows, performing } = this;
    const at = month - 1;
    const repaid = 1 - this.scheduledRatio(month, at);
    const defaulted = performing * this.defaultRate(month);
    this.newDefaults[month] = defaulted;
    const scheduled = (performing - defaulted) * repaid;
    const smm = monthlyPrepayment(this.assumptions.prepayment, month, this.age + month, this.toSmm);
    const prepaid = Math.min(performing * (1 - repaid) * smm, performing - defaulted - scheduled);
    addTo(flows.openingBalance, at, performing + this.foreclosed);
    const advanced = this.isAdvanced ? defaulted + this.foreclosed : 0;
    this.interest(at, performing - defaulted + advanced);
    addTo(flows.defaultedInterest, at, (advanced * rateIn(this.line.grossRate, month)) / 12);
    this.performing = performing - defaulted - scheduled - prepaid;
    addTo(flows.defaults, at, defaulted);
    this.liquidate(month);
    this.principal(at, scheduled + this.holdDefaults(month, defaulted, repaid), prepaid);
    addTo(flows.closingBalance, at, this.performing + this.foreclosed);
    addTo(flows.defaultedBalance, at, this.foreclosed);
    if (this.line.loanCount) addTo(flows.loanCount, at, this.line.loanCount * this.survival(month));
  }

  /** Recovers and writes off the loans that defaulted `recoveryLag` months before. */
  liquidate(month: number): void {
    const { flows, assumptions } = this;
    const from = month - assumptions.recoveryLag;
    const defaulted = this.newDefaults[from] ?? 0;
    if (defaulted === 0) return;
    const outstanding = this.isAdvanced ? defaulted * this.scheduledRatio(month - 1, from - 1) : defaulted;
    const severity = curveAt(assumptions.severity, from, this.age + from);
    const loss = Math.min(defaulted * severity, outstanding);
    addTo(flows.losses, month - 1, loss);
    addTo(flows.recoveries, month - 1, outstanding - loss);
    if (this.isHeld) this.foreclosed -= outstanding;
  }

  /** Takes new defaults into the held balance; answers the scheduled principal that is advanced on it. */
  private holdDefaults(month: number, defaulted: number, repaid: number): number {
    if (!this.isHeld) return 0;
    this.foreclosed += defaulted;
    const advanced = this.isAdvanced ? this.foreclosed * repaid : 0;
    this.foreclosed -= advanced;
    addTo(this.flows.defaultedPrincipal, month - 1, advanced);
    return advanced;
  }

  private interest(at: number, balance: number): void {
    const gross = (balance * rateIn(this.line.grossRate, at + 1)) / 12;
    const net = (balance * rateIn(this.line.netRate, at + 1)) / 12;
    addTo(this.flows.grossInterest, at, gross);
    addTo(this.flows.netInterest, at, net);
    addTo(this.flows.servicing, at, gross - net);
  }

  private principal(at: number, scheduled: number, prepaid: number): void {
    addTo(this.flows.scheduledPrincipal, at, scheduled);
    addTo(this.flows.prepayments, at, prepaid);
    addTo(this.flows.principal, at, scheduled + prepaid);
  }

  private defaultRate(month: number): number {
    const { recoveryLag } = this.assumptions;
    if (this.isHeld && month > this.end - recoveryLag) return 0;
    return monthlyDefault(this.assumptions.default, month, this.age + month, this.toMdr);
  }

  /** Scheduled balance after one month over that after an earlier one. */
  private scheduledRatio(month: number, earlier: number): number {
    return (this.scheduled[month] ?? 0) / (this.scheduled[earlier] ?? 1);
  }

  /** Share of the loans that still perform: the balance over what the schedule alone would have left. */
  private survival(month: number): number {
    const asScheduled = this.line.balance * (this.scheduled[month] ?? 0);
    return asScheduled === 0 ? 0 : this.performing / asScheduled;
  }

  private get isHeld(): boolean {
    return this.assumptions.defaultedLoans !== 'charged-off';
  }

  private get isAdvanced(): boolean {
    return this.assumptions.defaultedLoans === 'advanced';
  }
}

/**
 * Adds a line's flows to those of its pool, by the standard formulas written down month by month and nothing else: the
 * measure of the engine, which knows more and is faster. Takes prepayment, default, severity, lag and what becomes of
 * defaulted loans; no other assumption.
 */
export function projectLine(line: PoolLine, assumptions: PoolAssumptions, flows: PoolFlows): void {
  const run = new LineRun(line, assumptions, flows);
  const end = lastMonth(line);
  for (let month = 1; month <= end; month++) run.month(month);
  for (let month = end + 1; month <= monthsOf(line, assumptions); month++) run.liquidate(month);
}
