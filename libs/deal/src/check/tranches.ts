import { addMonths, partsOf, type PlainDate, withDay } from '@weir/calendar';
import type { Deal, Tranche } from '../model.js';
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
    if (!('to' in action) || !/principal|write/.test(action.kind)) continue;
    const leaf = leavesOf(action.to).find(({ name }) => notionals.has(name));
    if (leaf)
      report.error(step, path, 'notional', `${leaf.name} is a notional class and has no principal; leave it out`);
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

/** The last payment date as written, before it is moved to a business day. */
function lastPaymentDate({ schedule }: Deal): PlainDate {
  const { firstCollectionPeriod, monthsPerPeriod, paymentDates, paymentMonthsAfter, paymentDay } = schedule;
  const months = monthsPerPeriod * (paymentDates - 1) + paymentMonthsAfter;
  const { year, month } = partsOf(addMonths(`${firstCollectionPeriod}-01`, months));
  // A month is never longer than its 31st, which is held to its last day.
  return paymentDay === 'last' ? addMonths(`${year}-01-31`, month - 1) : withDay(year, month, paymentDay);
}

function checkLegalFinals(deal: Deal, report: Report): void {
  const last = lastPaymentDate(deal);
  deal.tranches.forEach((tranche, index) => {
    const { name, legalFinal } = tranche;
    if (legalFinal === null || legalFinal >= last) return;
    const message = `the legal final of ${name}, ${legalFinal}, lies before the last payment date, ${last}`;
    report.warn(tranche, `tranches[${index}].legalFinal`, 'legal-final', `${message}; have fewer payment dates`);
  });
}

/** Every class gets its principal and its interest, and in time. */
export function checkTranches(deal: Deal, report: Report): void {
  const steps = liveSteps(deal);
  checkPrincipal(deal, steps, report);
  checkInterest(deal, steps, report);
  checkLegalFinals(deal, report);
}
