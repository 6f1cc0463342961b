import type { Unit } from '@weir/deal';
import type { Ref } from '../assembler.js';
import type { Build } from '../build.js';
import { netted, type Sum } from '../sum.js';

/** A name's slots after a run, before places are fixed. */
export interface OpenValue {
  name: string;
  unit: Unit;
  plus: Ref;
  minus: Ref | null;
}

function slotsOf(build: Build, sum: Sum): { plus: Ref; minus: Ref | null } | null {
  const { plus, minus } = netted(sum);
  if (plus.length > 1 || minus.length > 1) return null;
  const [less] = minus;
  return { plus: build.asm.ref(plus[0] ?? 0n), minus: less === undefined ? null : build.asm.ref(less) };
}

/**
 * Every name that stands in slots when a run has ended: what was computed before the first step, and what changes while
 * steps pay where it has slots of its own.
 */
export function valuesAfterRun(build: Build): OpenValue[] {
  const computed = build.names.computed();
  const live = build.names.liveNames().flatMap((name) => {
    let value: Sum | null = null;
    const code = build.asm.block(() => (value = build.names.standing(name)));
    return value && code.length === 0 ? [{ name, unit: build.names.unitOf(name), value }] : [];
  });
  return [...computed, ...live].flatMap(({ name, unit, value }) => {
    const slots = slotsOf(build, value);
    return slots ? [{ name, unit, ...slots }] : [];
  });
}
