import { MOST_MULTIPLE, MOST_RECOVERY_MONTHS, type PoolAssumptions } from './assumptions.js';
import { type Curve, curveValues } from './curve.js';
import { LOAN_STATUSES, ROLL_TARGETS } from './delinquency.js';
import { type AssumptionFault, PoolAssumptionInvalid } from './errors.js';

/** Sums of shares are taken for 1 within this. */
const SHARE_TOLERANCE = 1e-9;

/** Gathers what is wrong with one set of assumptions. */
class AssumptionCheck {
  readonly faults: AssumptionFault[] = [];

  need(holds: boolean, field: string, value: number, expected: string): void {
    if (!holds) this.faults.push({ field, value, expected });
  }

  curve(field: string, curve: Curve | undefined, most: number): void {
    if (curve === undefined) return;
    const values = curveValues(curve);
    this.need(values.length > 0, field, 0, 'at least one value');
    const wrong = values.find((value) => !(value >= 0 && value <= most));
    if (wrong !== undefined) this.need(false, field, wrong, `fractions from 0 to ${most} (6 % is 0.06)`);
  }

  months(field: string, months: number | undefined, least: number, most: number): void {
    const isRight = months === undefined || (Number.isInteger(months) && months >= least && months <= most);
    this.need(isRight, field, months ?? 0, `whole months from ${least} to ${most}`);
  }

  share(field: string, share: number): void {
    this.need(share >= 0 && share <= 1, field, share, 'a fraction from 0 to 1 (6 % is 0.06)');
  }
}

function checkRecovery(check: AssumptionCheck, { recoveryLag, recoveryTiming, defaultedLoans }: PoolAssumptions): void {
  check.months('recoveryLag', recoveryLag, 0, MOST_RECOVERY_MONTHS);
  if (!recoveryTiming) return;
  const sum = recoveryTiming.reduce((total, share) => total + share, 0);
  recoveryTiming.forEach((share) => check.share('recoveryTiming', share));
  check.need(Math.abs(sum - 1) <= SHARE_TOLERANCE, 'recoveryTiming', sum, 'shares that add up to 1');
  check.months('recoveryTiming (its length)', recoveryTiming.length, 1, MOST_RECOVERY_MONTHS);
  const spread = recoveryTiming.length > 1 && defaultedLoans === 'advanced';
  check.need(!spread, 'recoveryTiming', recoveryTiming.length, 'one month where defaulted loans are advanced');
}

/** Advanced loans amortise as scheduled: nothing but payments may move their balance. */
function checkLines(check: AssumptionCheck, { defaultedLoans, dilution, utilisation }: PoolAssumptions): void {
  const isFree = defaultedLoans !== 'advanced' || (dilution === undefined && utilisation === undefined);
  check.need(isFree, 'defaultedLoans', 0, 'charged-off or held where there is dilution or utilisation');
}

function checkDelinquency(check: AssumptionCheck, assumptions: PoolAssumptions): void {
  const { delinquency, defaultedLoans, advances } = assumptions;
  if (advances) {
    check.share('advances.recoverable', advances.recoverable);
    check.need(delinquency !== undefined, 'advances', advances.recoverable, 'a delinquency as well: rolls or lagged');
  }
  if (!delinquency) return;
  check.need(defaultedLoans === 'charged-off', 'delinquency', 0, 'charged-off defaulted loans with it');
  if (delinquency.kind === 'lagged') return check.months('delinquency.lagged', delinquency.months, 1, 4);
  const speeds = [assumptions.default, ...Object.values(assumptions.defaultByStatus ?? {})];
  const fast = speeds.flatMap(({ speed }) => curveValues(speed)).find((value) => value !== 0);
  check.need(fast === undefined, 'default', fast ?? 0, 'no default speed beside roll rates: they say what defaults');
  for (const status of LOAN_STATUSES) {
    const row = delinquency.rates[status] ?? {};
    const field = `delinquency.rolls.${status}`;
    ROLL_TARGETS.forEach((target) => check.share(`${field}.${target}`, row[target] ?? 0));
    const sum = ROLL_TARGETS.reduce((total, target) => total + (row[target] ?? 0), 0);
    const isWhole = row[status] === undefined || Math.abs(sum - 1) <= SHARE_TOLERANCE;
    check.need(
      sum <= 1 + SHARE_TOLERANCE && isWhole,
      field,
      sum,
      `shares of at most 1; what they leave stays ${status}`,
    );
  }
}

/** @throws PoolAssumptionInvalid with all assumptions that are out of range. */
export function checkAssumptions(assumptions: PoolAssumptions): void {
  const check = new AssumptionCheck();
  const { prepayment, multipliers = {} } = assumptions;
  check.curve('prepayment', prepayment.speed, prepayment.model === 'PSA' ? MOST_MULTIPLE : 1);
  for (const [field, { model, speed }] of [
    ['default', assumptions.default] as const,
    ...Object.entries(assumptions.defaultByStatus ?? {}).map(
      ([name, own]) => [`defaultByStatus.${name}`, own] as const,
    ),
  ]) {
    check.curve(field, speed, model === 'SDA' ? MOST_MULTIPLE : 1);
  }
  check.curve('severity', assumptions.severity, 1);
  check.curve('prepaymentPenalty', assumptions.prepaymentPenalty, 1);
  check.curve('dilution', assumptions.dilution, 1);
  check.curve('utilisation', assumptions.utilisation, 1);
  check.curve('residualRealisation', assumptions.residualRealisation, MOST_MULTIPLE);
  for (const [name, multiple] of Object.entries(multipliers)) {
    check.curve(`multipliers.${name}`, multiple as Curve, MOST_MULTIPLE);
  }
  check.months('prepaymentLockout', assumptions.prepaymentLockout, 0, MOST_RECOVERY_MONTHS);
  checkRecovery(check, assumptions);
  checkLines(check, assumptions);
  checkDelinquency(check, assumptions);
  if (check.faults.length > 0) throw new PoolAssumptionInvalid(check.faults);
}
