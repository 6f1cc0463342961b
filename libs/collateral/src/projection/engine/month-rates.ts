import type { PoolAssumptions } from '../assumptions.js';
import { type Curve, curveAt } from '../curve.js';
import { laggedMatrix, LOAN_STATUSES, multipleAt, rollMatrix, STATUSES, TARGETS } from '../delinquency.js';
import { monthlyDefault, monthlyPrepayment, rememberingMonthly, type Speed } from '../speed.js';

/** The assumptions of loans of one age and status as figures by projected month (entry 0 is the first). */
export interface MonthRates {
  /** Monthly prepayment and default rates. */
  readonly smm: Float64Array;
  readonly mdr: Float64Array;
  readonly severity: Float64Array;
  readonly penalty: Float64Array | null;
  readonly dilution: Float64Array | null;
  readonly utilisation: Float64Array | null;
  /** What the sale of residual values brings of them; null is all. */
  readonly realisation: Float64Array | null;
  /** Matrix of each month, one after the other (`STATUSES` × `TARGETS` each); null without delinquency. */
  readonly rolls: Float64Array | null;
}

const isByAge = (curve: Curve | undefined): boolean => typeof curve === 'object' && curve.by === 'age';
const runsByAge = ({ model, speed }: Speed<string>): boolean => ['PSA', 'ABS', 'SDA'].includes(model) || isByAge(speed);

function dependsOnAge(assumptions: PoolAssumptions): boolean {
  const { prepayment, prepaymentLockout = 0, multipliers = {}, defaultByStatus = {} } = assumptions;
  const speeds = [prepayment, assumptions.default, ...Object.values(defaultByStatus)];
  const { severity, prepaymentPenalty, dilution, utilisation, residualRealisation } = assumptions;
  const own = [severity, prepaymentPenalty, dilution, utilisation, residualRealisation];
  const curves = [...own, ...Object.values(multipliers)];
  return prepaymentLockout > 0 || speeds.some(runsByAge) || (curves as Curve[]).some(isByAge);
}

/**
 * Turns assumptions into figures by month, once for all loans that are alike in what the assumptions look at: age and
 * status. At most 1,201 ages times five statuses are kept, however many loans there are.
 */
export class RateRows {
  private readonly rows = new Map<number, MonthRates>();
  private readonly byAge: boolean;
  private readonly byStatus: boolean;
  /** The one matrix of roll rates whose stress does not move. */
  private readonly matrix: Float64Array | null;

  constructor(
    private readonly assumptions: PoolAssumptions,
    private readonly months: number,
  ) {
    this.byAge = dependsOnAge(assumptions);
    this.byStatus = assumptions.defaultByStatus !== undefined;
    const { delinquency, multipliers: { default: multiple } = {} } = assumptions;
    const isSame = delinquency?.kind === 'rolls' && typeof multiple !== 'object';
    this.matrix = isSame ? rollMatrix(delinquency.rates, multiple) : null;
  }

  /** The figures of loans of an age and a status (its place in LOAN_STATUSES) at the cut-off date. */
  of(age: number, status: number): MonthRates {
    const key = (this.byAge ? age * STATUSES : 0) + (this.byStatus ? status : 0);
    const known = this.rows.get(key);
    if (known) return known;
    const made = this.make(age, status);
    this.rows.set(key, made);
    return made;
  }

  private column(valueIn: (month: number, ageThen: number) => number, age: number): Float64Array {
    return Float64Array.from({ length: this.months }, (_, at) => valueIn(at + 1, age + at + 1));
  }

  private curve(curve: Curve | undefined, age: number): Float64Array | null {
    return curve === undefined ? null : this.column((month, then) => curveAt(curve, month, then), age);
  }

  private make(age: number, status: number): MonthRates {
    const { assumptions } = this;
    const { prepayment, prepaymentLockout = 0, multipliers = {}, severity } = assumptions;
    const own = assumptions.defaultByStatus?.[LOAN_STATUSES[status] ?? 'current'] ?? assumptions.default;
    const [toSmm, toMdr] = [rememberingMonthly(), rememberingMonthly()];
    const smm = (month: number, then: number): number =>
      then <= prepaymentLockout
        ? 0
        : monthlyPrepayment(prepayment, month, then, toSmm, multipleAt(multipliers.prepayment, month, then));
    const mdr = (month: number, then: number): number =>
      monthlyDefault(own, month, then, toMdr, multipleAt(multipliers.default, month, then));
    const lost = (month: number, then: number): number =>
      Math.min(curveAt(severity, month, then) * multipleAt(multipliers.severity, month, then), 1);
    const defaults = this.column(mdr, age);
    return {
      smm: this.column(smm, age),
      mdr: defaults,
      severity: this.column(lost, age),
      penalty: this.curve(assumptions.prepaymentPenalty, age),
      dilution: this.curve(assumptions.dilution, age),
      utilisation: this.curve(assumptions.utilisation, age),
      realisation: this.curve(assumptions.residualRealisation, age),
      rolls: this.rolls(defaults, age),
    };
  }

  private rolls(mdr: Float64Array, age: number): Float64Array | null {
    const { delinquency, multipliers = {} } = this.assumptions;
    if (!delinquency) return null;
    const all = new Float64Array(this.months * STATUSES * TARGETS);
    for (let at = 0; at < this.months; at++) {
      const multiple = multipleAt(multipliers.default, at + 1, age + at + 1);
      const matrix =
        delinquency.kind === 'lagged'
          ? laggedMatrix(delinquency.months, mdr[at] ?? 0)
          : (this.matrix ?? rollMatrix(delinquency.rates, multiple));
      all.set(matrix, at * STATUSES * TARGETS);
    }
    return all;
  }
}
