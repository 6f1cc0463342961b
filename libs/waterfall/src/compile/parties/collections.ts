import type { CollectionGroup } from '@weir/deal';
import type { Ref } from '../assembler.js';
import type { Build, OpenStep } from '../build.js';
import { joined, type Sum, sumOf, ZERO } from '../sum.js';
import { rehearsedDrawOf } from './facilities.js';

/** What has to come in for one account. */
interface OpenGroup {
  account: Ref;
  due: Ref;
  remittance: Ref;
  receivable: Ref;
}

/** Names of a group's words and slots: plain when it is the only one. */
function suffixOf(build: Build, { account }: CollectionGroup, index: number): string {
  const { groups } = build.deal.collections;
  if (groups.length === 1) return '';
  const again = groups.findIndex((known) => known.account === account) < index;
  return again ? `.${account}.${index + 1}` : `.${account}`;
}

/** What a step draws comes in before the step has drawn it. */
function itemOf(build: Build, item: string): Sum {
  const drawn = build.deal.facilities.find(({ name, at }) => at === 'step' && item === `${name}.draw`);
  return drawn ? sumOf(rehearsedDrawOf(build, drawn.name)) : build.read(item);
}

/** due = max(0, items + receivable − carry-forward), each side summed apart; what is below zero carries forward. */
function openGroup(build: Build, group: CollectionGroup, index: number): OpenGroup {
  const suffix = suffixOf(build, group, index);
  const receivable = build.stateSlot(`servicerReceivable${suffix}`);
  const carryForward = build.stateSlot(`carryForward${suffix}`);
  const collected = group.items.map((item) => itemOf(build, item)).reduce(joined, ZERO);
  const { plus, minus } = joined(collected, { ...sumOf(receivable), minus: [carryForward] });
  const [owed, returned] = [build.emitter.add(0, plus), build.emitter.add(0, minus)];
  const due = build.asm.keep(`collections.due${suffix}`, build.op('SSUB', owed, returned));
  build.asm.emit('SSUB', carryForward, returned, owed);
  const remittance = suffix === '' ? build.stateSlot('remittance') : build.asm.named(`remittance${suffix}`);
  return { account: build.account(group.account), due, remittance, receivable };
}

/** What is due of all groups together; of one it is that group's. */
function totalDue(build: Build, groups: readonly OpenGroup[]): Ref {
  const [first, ...more] = groups.map(({ due }) => due);
  if (first && more.length === 0) return first;
  return build.asm.keep(
    'collections.due',
    build.emitter.add(
      0,
      groups.map(({ due }) => due),
    ),
  );
}

/**
 * What the servicer must remit. Suspense gives back first, group by group; what is short is the remittance, which is
 * final before the deposit is touched. The deposit pays the groups in order, and its rest goes to suspense.
 */
export function compileCollections(build: Build, deposit: Ref): void {
  const { groups, suspense } = build.deal.collections;
  const step: OpenStep = build.openStep('collections', 'collections', build.deal.collections);
  const open = groups.map((group, index) => openGroup(build, group, index));
  step.due = totalDue(build, open);
  const held = build.account(suspense);
  for (const { account, due, remittance } of open) build.pay(step, [held], account, due, remittance);
  if (open.length > 1) {
    const total = build.emitter.add(
      0,
      open.map(({ remittance }) => remittance),
    );
    build.asm.emit('MOV', build.stateSlot('remittance'), total);
  }
  for (const { account, remittance, receivable } of open) build.pay(step, [deposit], account, remittance, receivable);
  build.pay(step, [deposit], held, deposit, build.asm.scratch());
}
