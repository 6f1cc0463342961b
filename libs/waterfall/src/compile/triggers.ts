import type { Expression, Trigger, Unit } from '@weir/deal';
import type { Operand, Ref } from './assembler.js';
import type { Build } from './build.js';
import type { KeptComparison } from './compiled-deal.js';
import type { Lowering } from './lower.js';
import { isUsed } from './parties/used-names.js';
import { type Sum, sumOf } from './sum.js';

/** Slots of a trigger's two sides and its flag, before places are fixed. */
export interface OpenTrigger {
  name: string;
  onWhere: 'above' | 'below' | null;
  unit: Unit | null;
  measure: [Ref, Ref] | null;
  threshold: [Ref, Ref] | null;
  flag: Ref;
  /** Comparisons of a test that joins several; of each place in which it is tested. */
  comparisons: OpenComparison[];
  /** The same with sides that stand after the run, where the program is made to keep them. */
  kept: KeptComparison<Ref>[];
}

/** One comparison of several; a side is null when it cannot be seen as the comparison is made. */
export interface OpenComparison {
  text: string;
  onWhere: 'above' | 'below' | null;
  unit: Unit;
  /** Id of the instruction that compares. */
  instruction: number;
  value: Sum | null;
  threshold: Sum | null;
}

/** Stands for the comparisons of a trigger among what is asked for; no document can write it. */
export const askedComparisons = (trigger: string): string => `trigger.${trigger} comparisons`;

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

/** The comparison's words: parts of the formula between its `and` and `or`, when these are all that part it. */
function textOf(text: string, index: number, count: number): string {
  const parts = text.split(/\b(?:and|or)\b/);
  if (parts.length !== count) return `comparison ${index + 1}`;
  const part = (parts[index] ?? '').trim();
  const surplus = part.split('(').length - part.split(')').length;
  return surplus > 0
    ? part.replace(new RegExp(`^(?:\\(\\s*){${surplus}}`), '')
    : part.replace(new RegExp(`(?:\\s*\\)){${-surplus}}$`), '');
}

/**
 * Whether a side's parts can be read as the comparison is made: what has a name stays, and what has none is there only as
 * the operand of the comparison itself, which it is when nothing of the `other` side was added to it.
 */
function isSeen(build: Build, side: Sum, other: Sum): boolean {
  const seen = (parts: readonly Operand[], added: readonly Operand[]): boolean =>
    (parts.length === 1 && added.length === 0) ||
    parts.every((part) => typeof part === 'bigint' || !build.asm.isUnnamed(part));
  return seen(side.plus, other.minus) && seen(side.minus, other.plus);
}

type Leaf = (Omit<OpenComparison, 'text'> & { sides: { left: Sum; right: Sum } }) | null;

/** The flag of comparisons and flags joined by `and` and `or`; the comparisons among them are noted. */
function joined(build: Build, lowering: Lowering, expression: Expression, leaves: Leaf[]): Operand {
  if (expression.kind === 'binary' && (expression.op === 'and' || expression.op === 'or')) {
    const left = joined(build, lowering, expression.left, leaves);
    const right = joined(build, lowering, expression.right, leaves);
    return build.emitter.combine(expression.at, expression.op === 'and' ? 'AND' : 'OR', left, right);
  }
  if (expression.kind !== 'binary' || !(expression.op in COMPARISONS)) {
    leaves.push(null);
    return lowering.value(expression);
  }
  const { flag, unit, left, right } = lowering.comparison(expression);
  const instruction = build.asm.last - (expression.op === '!=' ? 1 : 0);
  const [value, threshold] = [isSeen(build, left, right) ? left : null, isSeen(build, right, left) ? right : null];
  const onWhere = COMPARISONS[expression.op] ?? null;
  leaves.push(
    typeof flag === 'bigint' ? null : { onWhere, unit, instruction, value, threshold, sides: { left, right } },
  );
  return flag;
}

/** Tests a trigger with today's figures and stores its flag. */
function test(build: Build, trigger: Trigger, open: OpenTrigger): void {
  const { expression } = trigger.when;
  const { name } = trigger;
  // Tests of a trigger in the priorities of several states write to the same slots.
  const kept = (slot: string, value: Operand): Ref =>
    trigger.at === 'step' ? build.asm.keep(slot, value) : build.names.slotFor(slot, value);
  const sides = (side: string, { plus, minus }: Sum): [Ref, Ref] => [
    kept(`${name}.${side}+`, build.emitter.add(0, plus)),
    kept(`${name}.${side}-`, build.emitter.add(0, minus)),
  ];
  let holds: Operand;
  if (expression.kind === 'binary' && expression.op in COMPARISONS) {
    const compared = build.lower(
      trigger.when,
      (lowering) => lowering.comparison(expression),
      () => null,
    );
    if (!compared) return;
    open.onWhere = COMPARISONS[expression.op] ?? null;
    open.unit = compared.unit;
    open.measure = sides('measure', compared.left);
    open.threshold = sides('threshold', compared.right);
    holds = compared.flag;
  } else {
    const leaves: Leaf[] = [];
    holds = build.lower<Operand>(
      trigger.when,
      (lowering) => joined(build, lowering, expression, leaves),
      () => build.emitter.unknown(),
    );
    leaves.forEach((leaf, index) => {
      if (!leaf) return;
      const { sides: both, ...comparison } = leaf;
      const text = textOf(trigger.when.text, index, leaves.length);
      open.comparisons.push({ ...comparison, text });
      if (!isUsed(build.deal, askedComparisons(name))) return;
      const { onWhere, unit } = leaf;
      const value = sides(`${index + 1}.value`, both.left);
      const threshold = sides(`${index + 1}.threshold`, both.right);
      if (!open.kept.some((known) => known.value[0] === value[0])) {
        open.kept.push({ text, onWhere, unit, value, threshold });
      }
    });
  }
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
    const open: OpenTrigger = {
      name,
      onWhere: null,
      unit: null,
      measure: null,
      threshold: null,
      flag,
      comparisons: [],
      kept: [],
    };
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
