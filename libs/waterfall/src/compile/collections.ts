import type { Build } from './build.js';
import { joined, type Sum, sumOf, ZERO } from './sum.js';

/**
 * What the servicer must remit: max(0, collections of the report + receivable − carry-forward). Suspense gives back
 * first; what is short is the remittance; the deposit pays it, and the rest of the deposit goes to suspense. A negative
 * month carries forward.
 */
export function compileCollections(build: Build, deposit: Operand): void {
  const { items, account, suspense } = build.deal.collections;
  const remittance = build.stateSlot('remittance');
  const receivable = build.stateSlot('servicerReceivable');
  const carryForward = build.stateSlot('carryForward');
  const collected = items.reduce<Sum>((sum, item) => joined(sum, build.values.get(item)?.sum ?? ZERO), ZERO);
  const { plus, minus } = joined(collected, { ...sumOf(receivable), minus: [carryForward] });
  const [owed, returned] = [build.emitter.add(0, plus), build.emitter.add(0, minus)];
  const step = build.openStep('collections', 'collections', build.deal.collections);
  step.due = build.asm.keep('collections.due', build.op('SSUB', owed, returned));
  build.asm.emit('SSUB', carryForward, returned, owed);
  const [collection, held] = [build.account(account), build.account(suspense)];
  build.pay(step, [held], collection, step.due, remittance);
  build.pay(step, [deposit], collection, remittance, receivable);
  build.pay(step, [deposit], held, deposit, build.asm.scratch());
}

type Operand = ReturnType<Build['account']>;
