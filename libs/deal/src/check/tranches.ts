import { nominalPaymentDate } from '../dates/scheduled-date.js';
import type { Deal, StepAction, Tranche } from '../model.js';
import type { Report } from './finding.js';
import { leavesOf, liveSteps, type StepAt } from './steps.js';

const isLiteralZero = ({ expression }: Tranche['coupon']): boolean =>
  expression.kind === 'number' && expression.value.num === 0n;

/** Classes that the steps of some kinds name. */
function named(steps: readonly StepAt[], ...kinds: string[]): Set<string> {
  const names = steps.flatMap(({ step: { action } }) => {
    if (!kinds.includes(action.kind)) return [];
    if (action.kind === 'capitalise') return [action.tranche];
    return 'to' in action ? leavesOf(action.to).map(({ name }) => name) : [];
  });
  return new Set(names);
}

/** Classes whose balances a step changes. */
function balancesOf(action: StepAction): string[] {
  if (action.kind === 'capitalise' || action.kind === 'advance') return [action.tranche];
  return 'to' in action && /principal|write/.test(action.kind) ? leavesOf(action.to).map(({ name }) => name) : [];
}

function checkPrincipal(deal: Deal, steps: readonly StepAt[], report: Report): void {
  const paid = named(steps, 'principal', 'priority-principal');
  deal.tranches.forEach((tranche, index) => {
    const { name, size, notional } = tranche;
    const without = notional !== null || (size.kind === 'amount' && isLiteralZero(size.amount));
    if (without || paid.has(name)) return;
    const message = `no step pays principal to ${name}; add it to a "to:" list, or make it a "notional:" class`;
    report.error(tranche, `tranches[${index}]`, 'no-principal', message);
  });
  const notionals = new Set(deal.tranches.flatMap(({ name, notional }) => (notional ? [name] : [])));
  for (const { step, path } of steps) {
    const { action } = step;
    const name = balancesOf(action).find((tranche) => notionals.has(tranche));
    if (name === undefined) continue;
    report.error(step, path, 'notional', `${name} is a notional class and has no principal; leave it out`);
  }
}

function checkInterest(deal: Deal, steps: readonly StepAt[], report: Report): void {
  const [paid, carried] = [named(steps, 'interest', 'capitalise'), named(steps, 'carryover')];
  deal.tranches.forEach((tranche, index) => {
    const { name, coupon, availableFundsCap } = tranche;
    const path = `tranches[${index}]`;
    if (!isLiteralZero(coupon) && !paid.has(name)) {
      const message = `no step pays interest on ${name}; add "interest: ${name}", or "capitalise: ${name}" when it accretes`;
      report.error(tranche, path, 'interest-step', message);
    }
    if (availableFundsCap && !carried.has(name)) {
      const message = `no step pays what the available-funds cap keeps from ${name}; add "carryover: ${name}"`;
      report.warn(tranche, path, 'no-carryover', message);
    }
  });
}

/** A class may be due before others, but not before the first payment date, nor all of them before the last. */
function checkLegalFinals(deal: Deal, report: Report): void {
  const { schedule } = deal;
  const [first, last] = [nominalPaymentDate(schedule, 0), nominalPaymentDate(schedule, schedule.paymentDates - 1)];
  const finals = deal.tranches.map(({ legalFinal }) => legalFinal ?? last);
  const latest = finals.reduce((a, b) => (a > b ? a : b), '');
  deal.tranches.forEach((tranche, index) => {
    const { name, legalFinal } = tranche;
    const path = `tranches[${index}].legalFinal`;
    if (legalFinal === null) return;
    if (legalFinal < first) {
      report.warn(
        tranche,
        path,
        'legal-final',
        `the legal final of ${name} lies before the first payment date, ${first}`,
      );
    } else if (legalFinal === latest && latest < last) {
      const message = `no class is outstanding after the legal final of ${name}, ${latest}, but the last payment date is ${last}`;
      report.warn(tranche, path, 'legal-final', `${message}; have fewer payment dates`);
    }
  });
}

/** A rate is a fraction of one; a coupon written as 5 for 5 % would be five hundred percent a year. */
function checkCoupons(deal: Deal, report: Report): void {
  deal.tranches.forEach((tranche, index) => {
    const { expression, text } = tranche.coupon;
    if (expression.kind !== 'number' || expression.value.num <= expression.value.den) return;
    const message = `the coupon of ${tranche.name} is over 100 % a year; write ${text} % if percent is meant`;
    report.warn(tranche, `tranches[${index}].coupon`, 'coupon', message);
  });
}

/** Every class gets its principal and its interest, and in time. */
export function checkTranches(deal: Deal, report: Report): void {
  const steps = liveSteps(deal);
  checkPrincipal(deal, steps, report);
  checkInterest(deal, steps, report);
  checkCoupons(deal, report);
  checkLegalFinals(deal, report);
}
