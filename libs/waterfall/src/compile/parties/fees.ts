import type { Fee } from '@weir/deal';
import { RATE_SCALE } from '@weir/money';
import type { Ref } from '../assembler.js';
import type { Build } from '../build.js';
import { sumOf } from '../sum.js';
import { dayFractionsOf } from './day-fractions.js';
import { unpaidOf } from './words.js';

/** The slot of what is still owed of a fee: a word of state when the unpaid carries forward. */
export function unpaidFeeOf(build: Build, { name, carry }: Fee): Ref {
  return carry ? unpaidOf(build, name) : build.asm.named(`unpaid.${name}`);
}

/** The slot of what `fee:` steps may still pay of a capped fee on this date. */
export function capLeftOf(build: Build, { name }: Fee): Ref {
  return build.asm.named(`${name}.capLeft`);
}

/** Makes FEE.days known: the days of each accrual period by the fee's day count. */
function defineDays(build: Build, { name, accrual }: Fee): void {
  if (!accrual?.dayCount) return;
  const { dayCount, accrual: dates, firstAccrualFrom } = accrual;
  const terms = { dayCount, accrual: dates, firstFrom: firstAccrualFrom, terminationDate: null };
  build.define(`${name}.days`, 'ratio', () => {
    const { nums } = dayFractionsOf(build.deal, terms, build.periods);
    return build.row(
      `${name}.days`,
      nums.map((days) => days * RATE_SCALE),
    );
  });
}

/** Makes FEE.due (this date's amount and what was unpaid before) and FEE.unpaid known. */
export function defineFees(build: Build): void {
  for (const fee of build.deal.fees) {
    const { name } = fee;
    defineDays(build, fee);
    build.define(`${name}.due`, 'money', () => {
      const unpaid = unpaidFeeOf(build, fee);
      const amount = build.value(fee.amount);
      const due = fee.carry ? build.op('ADD', unpaid, amount) : amount;
      build.asm.emit('MOV', unpaid, due);
      return sumOf(due);
    });
    build.live(`${name}.unpaid`, 'money', () => {
      build.read(`${name}.due`);
      return sumOf(unpaidFeeOf(build, fee));
    });
  }
}

/** Fees fall due on every payment date, whether a step pays them or not. */
export function accrueFees(build: Build): void {
  for (const fee of build.deal.fees) {
    build.read(`${fee.name}.due`);
    if (fee.cap) build.asm.emit('MOV', capLeftOf(build, fee), build.value(fee.cap));
  }
}
