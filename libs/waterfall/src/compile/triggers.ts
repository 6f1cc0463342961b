import type { Trigger, Unit } from '@weir/deal';
import type { Operand, Ref } from './assembler.js';
import type { Build } from './build.js';
import { type Sum, sumOf } from './sum.js';

/** Slots of a trigger's two sides and its flag, before places are fixed. */
export interface OpenTrigger {
  name: string;
  onWhere: 'above' | 'below' | null;
  unit: Unit | null;
  measure: [Ref, Ref] | null;
  threshold: [Ref, Ref] | null;
  flag: Ref;
}

/** Comparisons, and where the measure stands when they hold. */
const COMPARISONS: Readonly<Record<string, OpenTrigger['onWhere']>> = {
  '<': 'below',
  '<=': 'below',
  '>': 'above',
  '>=': 'above',
  '=': null,
  '!=': null,
};

/** Counts the payment dates in a row on which a flag was on, up to `most`; says whether there were as many. */
function inARow(build: Build, name: string, on: Operand, most: number): Operand {
  if (most === 1) return on;
  const count = build.stateSlot(name);
  const next = build.op('MIN', build.op('ADD', count, 1n), BigInt(most));
  build.asm.emit('SEL', count, on, next, 0n);
  return build.op('EQ', count, BigInt(most));
}

/** The flag after today's test. */
function tested(build: Build, { name, sticky, for: dates, cure }: Trigger, flag: Ref, holds: Operand): Operand {
  const on = inARow(build, `trigger.${name}.on`, holds, dates);
  if (sticky) return build.op('OR', flag, on);
  if (dates === 1 && cure === 1) return holds;
  const cured = inARow(build, `trigger.${name}.off`, build.op('NOT', holds), cure);
  return build.op('OR', on, build.op('AND', flag, build.op('NOT', cured)));
}

/** Tests a trigger with today's figures and stores its flag. */
function test(build: Build, trigger: Trigger, open: OpenTrigger): void {
  const { expression } = trigger.when;
  const { name } = trigger;
  let holds: Operand;
  if (expression.kind === 'binary' && expression.op in COMPARISONS) {
    const compared = build.lower(trigger.when, (lowering) => lowering.comparison(expression), null);
    if (!compared) return;
    // Tests of a trigger in the priorities of several states write to the same slots.
    const kept = (slot: string, value: Operand): Ref =>
      trigger.at === 'step' ? build.asm.keep(slot, value) : build.names.slotFor(slot, value);
    const sides = (side: string, { plus, minus }: Sum): [Ref, Ref] => [
      kept(`${name}.${side}+`, build.emitter.add(0, plus)),
      kept(`${name}.${side}-`, build.emitter.add(0, minus)),
    ];
    open.onWhere = COMPARISONS[expression.op] ?? null;
    open.unit = compared.unit;
    open.measure = sides('measure', compared.left);
    open.threshold = sides('threshold', compared.right);
    holds = compared.flag;
  } else holds = build.flag(trigger.when);
  build.asm.emit('MOV', open.flag, tested(build, trigger, open.flag, holds));
}

/** Triggers that steps test. */
const bySteps = new WeakMap<Build, Map<string, () => void>>();

/** Tests a trigger at this point of the priority. */
export function testTrigger(build: Build, name: string): void {
  bySteps.get(build)?.get(name)?.();
}

/**
 * Defines the triggers. One tested at the start is tested before the first step, when something asks for it or at the
 * latest with all the others; one tested at the end or by a step shows its flag of the last payment date until then.
 */
export function defineTriggers(build: Build): OpenTrigger[] {
  const tests = new Map<string, () => void>();
  bySteps.set(build, tests);
  return build.deal.triggers.map((trigger) => {
    const { name, at } = trigger;
    const flag = build.stateSlot(`trigger.${name}`);
    const open: OpenTrigger = { name, onWhere: null, unit: null, measure: null, threshold: null, flag };
    if (at === 'start') {
      build.define(name, 'flag', () => {
        test(build, trigger, open);
        return sumOf(build.names.freeze(flag));
      });
    } else {
      build.live(name, 'flag', () => sumOf(flag));
      if (at === 'end') build.atEnd(() => test(build, trigger, open), 'trigger');
      else tests.set(name, () => test(build, trigger, open));
    }
    return open;
  });
}
