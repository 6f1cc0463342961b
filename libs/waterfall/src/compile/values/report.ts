import type { Build } from '../build.js';
import type { InputItem } from '../compiled-deal.js';
import { sumOf } from '../sum.js';

/** Reserves the input slots: report items in the document's order, then whether each call was exercised. */
export function defineInputs(build: Build): InputItem[] {
  const { report, calls } = build.deal;
  const items = report.map(({ name, unit, signed }): InputItem => {
    const slots = signed ? [`${name}+`, `${name}-`] : [name];
    const [plus, ...minus] = slots.map((slot) => build.input(slot));
    build.define(name, unit, () => ({ plus: plus ? [plus] : [], minus }));
    return { name, slots, unit };
  });
  const exercises = calls.map((call): InputItem => {
    const name = `${call.name}.exercised`;
    const slot = build.input(name);
    build.define(name, 'flag', () => sumOf(slot));
    return { name, slots: [name], unit: 'flag' };
  });
  return [...items, ...exercises];
}
