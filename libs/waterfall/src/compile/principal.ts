import type { Formula, PrincipalMethod, Step } from '@weir/deal';
import type { Operand, Ref } from './assembler.js';
import type { Build, OpenStep } from './build.js';

/** Where a step pays from and which tranches it pays down. */
interface Payment {
  step: OpenStep;
  from: Ref[];
  tranches: { balance: Ref; sink: Ref }[];
}

function payDown(build: Build, { step, from }: Payment, tranche: { balance: Ref; sink: Ref }, share: Operand): void {
  const short = build.asm.scratch();
  build.pay(step, from, tranche.sink, share, short);
  const paid = build.op('SUB', share, short);
  build.asm.emit('SUB', tranche.balance, tranche.balance, paid);
}

function sequential(build: Build, payment: Payment, amount: Operand): void {
  let remaining = amount;
  for (const tranche of payment.tranches) {
    const share = build.op('MIN', remaining, tranche.balance);
    remaining = build.op('SUB', remaining, share);
    payDown(build, payment, tranche, share);
  }
}

/** Running-remainder shares, floor(remaining × weight ÷ remaining weight); the last takes the rest, so all sum up. */
function proRata(build: Build, payment: Payment, amount: Operand): void {
  let remaining = amount;
  let weight = build.emitter.add(
    0,
    payment.tranches.map(({ balance }) => balance),
  );
  payment.tranches.forEach((tranche, index) => {
    let share = remaining;
    if (index < payment.tranches.length - 1) {
      // Paid-off notes weigh nothing; their share of nothing must not divide by zero.
      share = build.op('MULF', remaining, tranche.balance, build.op('MAX', weight, 1n));
      remaining = build.op('SUB', remaining, share);
      weight = build.op('SUB', weight, tranche.balance);
    }
    payDown(build, payment, tranche, share);
  });
}

function payByMethod(build: Build, payment: Payment, due: Operand, method: PrincipalMethod): void {
  if (method.kind === 'sequential') return sequential(build, payment, due);
  // A pro-rata split is of the cash there is, so that a shortage is shared too.
  const amount = build.op('MIN', due, build.emitter.add(0, payment.from));
  if (method.kind === 'pro-rata') return proRata(build, payment, amount);
  const [otherwise, end] = [build.asm.label(), build.asm.label()];
  build.asm.emit('JZ', build.stateSlot(`trigger.${method.trigger}`), otherwise);
  sequential(build, payment, amount);
  build.asm.emit('JMP', end);
  build.asm.place(otherwise);
  proRata(build, payment, amount);
  build.asm.place(end);
}

/** Principal: due is the formula, at most what is outstanding; balances fall by what is paid. */
export function compilePrincipal(
  build: Build,
  source: Step,
  step: OpenStep,
  { amount, to, method }: { amount: Formula; to: string[]; method: PrincipalMethod },
): void {
  const tranches = to.map((name) => ({
    balance: build.stateSlot(`balance.${name}`),
    sink: build.sink(`${name} principal`),
  }));
  const outstanding = build.emitter.add(
    0,
    tranches.map(({ balance }) => balance),
  );
  const due = build.asm.keep(`${source.id}.due`, build.op('MIN', build.value(amount), outstanding));
  step.due = due;
  payByMethod(build, { step, from: source.from.map((name) => build.account(name)), tranches }, due, method);
}
