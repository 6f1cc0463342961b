import type { Trigger } from '@weir/deal';
import type { Ref } from './assembler.js';
import type { Build } from './build.js';
import { type Sum, sumOf } from './sum.js';

/** Slots of a trigger's two sides and its flag, before places are fixed. */
export interface OpenTrigger {
  name: string;
  measure: [Ref, Ref];
  threshold: [Ref, Ref];
  flag: Ref;
}

/** Tests a trigger with this period's figures; a sticky one stays on. Steps below read its flag. */
export function compileTrigger(build: Build, trigger: Trigger): OpenTrigger | null {
  const { expression } = trigger.when;
  if (expression.kind !== 'binary') return null;
  const flag = build.stateSlot(`trigger.${trigger.name}`);
  const compared = build.lower(trigger.when, (lowering) => lowering.comparison(expression), null);
  if (!compared) return null;
  if (trigger.sticky) build.asm.emit('OR', flag, flag, compared.flag);
  else build.asm.emit('MOV', flag, compared.flag);
  build.values.set(trigger.name, { sum: sumOf(flag), unit: 'flag' });
  const sides = (side: string, sum: Sum): [Ref, Ref] => [
    build.asm.keep(`${trigger.name}.${side}+`, build.emitter.add(0, sum.plus)),
    build.asm.keep(`${trigger.name}.${side}-`, build.emitter.add(0, sum.minus)),
  ];
  return {
    name: trigger.name,
    measure: sides('measure', compared.left),
    threshold: sides('threshold', compared.right),
    flag,
  };
}
