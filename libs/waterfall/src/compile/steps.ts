import type { Step } from '@weir/deal';
import { RATE_SCALE } from '@weir/money';
import type { Ref } from './assembler.js';
import type { Build, OpenStep } from './build.js';
import { compilePrincipal } from './principal.js';
import { sumOf } from './sum.js';

const DAYS_PER_YEAR = 360n;

function keepDue(build: Build, step: OpenStep, due: Parameters<Build['asm']['keep']>[1]): Ref {
  step.due = build.asm.keep(`${step.id}.due`, due);
  return step.due;
}

/** Interest = (balance + shortfall carried) × coupon × days ÷ 360, one rounding, + shortfall carried. */
function compileInterest(build: Build, from: Ref[], step: OpenStep, tranche: string): void {
  const carried = build.stateSlot(`shortfall.${tranche}`);
  const opening = build.asm.scratch();
  build.asm.emit('ADD', opening, build.values.get(`${tranche}.opening`)?.sum.plus[0] ?? 0n, carried);
  const accrual = build.asm.slot('R', `${tranche}.accrual`);
  const interest = build.op(build.rounding, opening, accrual, DAYS_PER_YEAR * RATE_SCALE);
  const due = keepDue(build, step, build.op('ADD', interest, carried));
  build.pay(step, from, build.sink(`${tranche} interest`), due, carried);
}

function compileFee(build: Build, from: Ref[], step: OpenStep, name: string): void {
  const fee = build.deal.fees.find((known) => known.name === name);
  if (!fee) return;
  const unpaid = build.stateSlot(`unpaid.${name}`);
  const due = keepDue(build, step, build.op('ADD', unpaid, build.value(fee.amount)));
  build.pay(step, from, build.sink(name), due, unpaid);
}

function compileReserve(build: Build, from: Ref[], step: OpenStep, name: string): void {
  const target = build.values.get(`${name}.target`)?.sum.plus[0] ?? 0n;
  const due = keepDue(build, step, build.op('SSUB', target, build.account(name)));
  build.pay(step, from, build.account(name), due, build.asm.scratch());
}

function compileResidual(build: Build, from: Ref[], step: OpenStep): void {
  for (const source of from) build.pay(step, [source], build.sink('residual'), source, build.asm.scratch());
}

/** Emits one step of the priority of payments; later steps may then use its due amount. */
export function compileStep(build: Build, source: Step): void {
  const { action } = source;
  const subject = action.kind === 'fee' ? action.fee : action.kind === 'interest' ? action.tranche : null;
  const step = build.openStep(source.id, action.kind, source, subject);
  const from = source.from.map((name) => build.account(name));
  switch (action.kind) {
    case 'fee':
      compileFee(build, from, step, action.fee);
      break;
    case 'interest':
      compileInterest(build, from, step, action.tranche);
      break;
    case 'priority-principal':
    case 'principal':
      compilePrincipal(build, source, step, action);
      break;
    case 'reserve':
      compileReserve(build, from, step, action.account);
      break;
    case 'residual':
      compileResidual(build, from, step);
      break;
  }
  if (step.due) build.values.set(`${source.id}.due`, { sum: sumOf(step.due), unit: 'money' });
}
