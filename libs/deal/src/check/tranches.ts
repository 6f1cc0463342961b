import { adjust } from '@weir/calendar';
import { nominalPaymentDate } from '../dates/scheduled-date.js';
import type { Deal, StepAction, Tranche } from '../model.js';
import type { Report } from './finding.js';
import { namesBehind } from './names-behind.js';
import { isCertain, leavesOf, liveSteps, type StepAt } from './steps.js';

const isLiteralZero = ({ expression }: Tranche['coupon']): boolean =>
  expression.kind === 'number' && expression.value.num === 0n;

/** Classes that the steps of some kinds name. */
function named(steps: readonly StepAt[], ...kinds: StepAction['kind'][]): Set<string> {
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

/** Whether one of these parts of a class has a fault, so that what it was meant to be is not known. */
function isDoubtful(index: number, report: Report, ...fields: string[]): boolean {
  return fields.some((field) => report.isBroken(`tranches[${index}].${field}`));
}

const PRINCIPAL = ['principal', 'priority-principal'] as const;

function checkPrincipal(deal: Deal, steps: readonly StepAt[], report: Report): void {
  const paid = named(steps, ...PRINCIPAL);
  const certain = isCertain(deal, report, PRINCIPAL);
  deal.tranches.forEach((tranche, index) => {
    const { name, size, notional } = tranche;
    const without = notional !== null || (size.kind === 'amount' && isLiteralZero(size.amount));
    if (without || paid.has(name) || !certain || isDoubtful(index, report, 'name', 'amount')) return;
    const isResidual = steps.some(({ step: { action } }) => action.kind === 'residual' && action.payee === name);
    const other = isResidual
      ? `write "amount: 0.00 ${deal.currency}" when the residual, which lowers no balance, is all that it gets`
      : 'make it a "notional:" class';
    const message = `no step pays principal to ${name}; add it to a "to:" list, or ${other}`;
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

const INTEREST = ['interest', 'capitalise'] as const;

function checkInterest(deal: Deal, steps: readonly StepAt[], report: Report): void {
  const [paid, carried] = [named(steps, ...INTEREST), named(steps, 'carryover')];
  const [paysKnown, carriesKnown] = [isCertain(deal, report, INTEREST), isCertain(deal, report, ['carryover'])];
  deal.tranches.forEach((tranche, index) => {
    const { name, coupon, availableFundsCap } = tranche;
    const path = `tranches[${index}]`;
    if (isDoubtful(index, report, 'name', 'coupon')) return;
    if (!isLiteralZero(coupon) && !paid.has(name) && paysKnown) {
      const message = `no step pays interest on ${name}; add "interest: ${name}", or "capitalise: ${name}" when it accretes`;
      report.error(tranche, path, 'interest-step', message);
    }
    if (availableFundsCap && !carried.has(name) && carriesKnown) {
      const message = `no step pays what the available-funds cap keeps from ${name}; add "carryover: ${name}"`;
      report.warn(tranche, path, 'no-carryover', message);
    }
  });
}

/**
 * A class may be due before others, but not before the first payment date nor after the last, and the last payment date
 * does not lie after all of them.
 */
function checkLegalFinals(deal: Deal, report: Report): void {
  const isFaulty = deal.tranches.some((_, index) => isDoubtful(index, report, 'legalFinal'));
  if (isFaulty || report.isBroken('dates')) return;
  const { schedule } = deal;
  const [first, last] = [nominalPaymentDate(schedule, 0), nominalPaymentDate(schedule, schedule.paymentDates - 1)];
  const moved = adjust(last, schedule.businessDays, schedule.calendar);
  const finals = deal.tranches.map(({ legalFinal }) => legalFinal ?? last);
  const latest = finals.reduce((a, b) => (a > b ? a : b), '');
  deal.tranches.forEach((tranche, index) => {
    const { name, legalFinal } = tranche;
    const path = `tranches[${index}].legalFinal`;
    if (legalFinal === null) return;
    const warn = (message: string): void => report.warn(tranche, path, 'legal-final', message);
    if (legalFinal <= deal.closingDate) {
      const message = `the legal final of ${name} lies before closing, ${deal.closingDate}`;
      report.error(tranche, path, 'legal-final', `${message}; no class is due before it is sold`);
    } else if (legalFinal < first) {
      warn(`the legal final of ${name} lies before the first payment date, ${first}`);
    } else if (legalFinal > moved) {
      const message = `the legal final of ${name} is ${legalFinal}, but the document's last payment date is ${moved}`;
      warn(`${message}: what is unpaid then is never paid; have more payment dates`);
    } else if (legalFinal === latest && latest < last) {
      const message = `no class is outstanding after the legal final of ${name}, ${latest}, but the last payment date is ${last}`;
      warn(`${message}; have fewer payment dates`);
    }
  });
}

/** Whether a constant rate is written without its percent sign: a rate is a fraction of one, so 5 is 500 % a year. */
const lacksPercent = ({ expression, text }: Tranche['coupon']): boolean =>
  expression.kind === 'number' && expression.value.num >= expression.value.den && !text.includes('%');

function checkCoupons(deal: Deal, report: Report): void {
  const message = (what: string, text: string): string =>
    `the ${what} is 100 % a year or more; write ${text} % if percent is meant`;
  deal.tranches.forEach((tranche, index) => {
    if (!lacksPercent(tranche.coupon)) return;
    const text = message(`coupon of ${tranche.name}`, tranche.coupon.text);
    report.warn(tranche, `tranches[${index}].coupon`, 'coupon', text);
  });
  for (const fee of deal.fees) {
    if (!fee.accrual || !lacksPercent(fee.accrual.rate)) continue;
    report.warn(fee, `fees.${fee.name}.rate`, 'coupon', message(`rate of ${fee.name}`, fee.accrual.rate.text));
  }
}

/**
 * What a notional class follows is read before the first step and again after the last. An opening balance does not change
 * in between, so that the notional would be told a payment date late.
 */
function checkNotionals(deal: Deal, report: Report): void {
  const owners = new Set(['notes', ...deal.tranches.map(({ name }) => name), ...deal.groups.map(({ name }) => name)]);
  deal.tranches.forEach(({ name, notional }, index) => {
    if (!notional) return;
    for (const use of namesBehind(deal, notional)) {
      const [owner = '', member] = use.split('.');
      if (member !== 'opening' || !owners.has(owner)) continue;
      const message = `the notional of ${name} follows ${use}, so that its balance is told as it was before the payments`;
      const hint = `write ${owner}.balance, which is the opening one before the first step`;
      report.warn(notional, `tranches[${index}].notional`, 'old-balance', `${message}; ${hint}`);
    }
  });
}

/** Every class gets its principal and its interest, and in time. */
export function checkTranches(deal: Deal, report: Report): void {
  const steps = liveSteps(deal);
  checkPrincipal(deal, steps, report);
  checkInterest(deal, steps, report);
  checkCoupons(deal, report);
  checkNotionals(deal, report);
  checkLegalFinals(deal, report);
}
