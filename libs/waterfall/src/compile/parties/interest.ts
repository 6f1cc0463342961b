import type { Formula, Tranche } from '@weir/deal';
import type { Operand } from '../assembler.js';
import type { Build } from '../build.js';
import { type Sum, sumOf, ZERO } from '../sum.js';
import { type AccrualFactor, accrued, accrualFactor } from './accrual.js';
import type { DayTerms } from './day-fractions.js';
import { isUsed } from './used-names.js';
import { balanceOf, carryoverOf, unpaidInterestOf } from './words.js';

export function dayTermsOf({ dayCount, accrual, firstAccrualFrom, legalFinal }: Tranche): DayTerms {
  return { dayCount, accrual, firstFrom: firstAccrualFrom, terminationDate: legalFinal };
}

/** What interest accrues on: the opening balance, or what `interestOn` says, and unpaid interest that bears the coupon. */
function baseOf(build: Build, { name, interestOn, notional, interestOnShortfall }: Tranche): Operand {
  const balance = notional ? build.readValue(`${name}.opening`) : balanceOf(build, name);
  const base = interestOn ? build.value(interestOn) : balance;
  return interestOnShortfall === true ? build.op('ADD', base, unpaidInterestOf(build, name)) : base;
}

/**
 * Available-funds cap: the difference to what the coupon would have given is carried over, with interest at the coupon.
 * Gives what was carried over with this period's.
 */
function carryOver(build: Build, name: string, coupon: AccrualFactor, uncapped: Operand, capped: Operand): Operand {
  const before = carryoverOf(build, name);
  const difference = build.op('SUB', uncapped, capped);
  const total = build.emitter.add(0, [difference, accrued(build, before, coupon), before]);
  build.asm.emit('MOV', before, total);
  return total;
}

/** An amount that lessens the interest and is not owed later. What there was no interest for is kept to be seen. */
function reduced(build: Build, name: string, interest: Operand, reduction: Formula): Operand {
  const amount = build.value(reduction);
  build.asm.keep(`${name}.reductionIgnored`, build.op('SSUB', amount, interest));
  return build.op('SSUB', interest, amount);
}

/** Whether a formula asks for what a class brought forward, by its name or in a sum. */
function isShortfallUsed({ deal }: Build, name: string): boolean {
  const groups = deal.groups.filter(({ tranches }) => tranches.includes(name)).map((group) => group.name);
  return [name, ...groups, 'notes'].some((of) => isUsed(deal, `${of}.shortfall`));
}

/**
 * Makes the interest figures of a class known. Interest = base × rate × day fraction, one rounding, less
 * `reduceInterest`. What is unpaid stands in one word of state: with this period's interest it is what is owed, interest
 * steps pay it down, and what is left is the next date's shortfall.
 */
export function defineInterest(build: Build, tranche: Tranche): void {
  const { name, availableFundsCap, reduceInterest, interestOnShortfall } = tranche;
  const terms = dayTermsOf(tranche);
  const factor = (rate: string): AccrualFactor => accrualFactor(build, name, build.readValue(`${name}.${rate}`), terms);
  const owesNothing = (): boolean => build.readValue(`${name}.coupon`) === 0n;
  let carryover: Sum = ZERO;

  build.define(`${name}.coupon`, 'rate', () => sumOf(build.value(tranche.coupon)));
  build.define(`${name}.rate`, 'rate', () => {
    const coupon = build.readValue(`${name}.coupon`);
    return sumOf(availableFundsCap ? build.op('MIN', coupon, build.value(availableFundsCap)) : coupon);
  });
  build.define(`${name}.shortfall`, 'money', () => {
    const before = unpaidInterestOf(build, name);
    if (typeof interestOnShortfall === 'boolean') return sumOf(before);
    const rate = build.value(interestOnShortfall);
    const interest = accrued(build, before, accrualFactor(build, `${name}.shortfall`, rate, terms));
    return sumOf(build.op('ADD', before, interest));
  });
  build.define(`${name}.interestDue`, 'money', () => {
    if (owesNothing()) return ZERO;
    const unpaid = unpaidInterestOf(build, name);
    const ownRate = typeof interestOnShortfall !== 'boolean';
    // The word still holds what was brought forward; what names it must take it before this period's is added.
    if (ownRate || isShortfallUsed(build, name)) build.read(`${name}.shortfall`);
    const before = ownRate ? build.readValue(`${name}.shortfall`) : unpaid;
    const base = baseOf(build, tranche);
    let interest = accrued(build, base, factor('rate'));
    if (availableFundsCap) {
      const coupon = factor('coupon');
      carryover = sumOf(carryOver(build, name, coupon, accrued(build, base, coupon), interest));
    }
    if (reduceInterest) interest = reduced(build, name, interest, reduceInterest);
    build.asm.emit('ADD', unpaid, before, interest);
    return sumOf(interest);
  });
  build.define(`${name}.carryover`, 'money', () => {
    build.read(`${name}.interestDue`);
    return carryover;
  });
  build.live(`${name}.unpaidInterest`, 'money', () => {
    build.read(`${name}.interestDue`);
    return owesNothing() ? ZERO : sumOf(unpaidInterestOf(build, name));
  });
}
