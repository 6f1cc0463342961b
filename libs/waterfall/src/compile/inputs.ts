import type { CompiledDeal, InputItem } from './compiled-deal.js';
import { InputsError } from './errors.js';

function partsOf(item: InputItem, values: Readonly<Record<string, bigint>>): (bigint | undefined)[] {
  const signed = Object.hasOwn(values, item.name) ? values[item.name] : undefined;
  const [plus, minus] = item.slots;
  if (minus === undefined) return [signed];
  if (signed !== undefined) return [signed > 0n ? signed : 0n, signed < 0n ? -signed : 0n];
  return [plus, minus].map((slot) => (slot && Object.hasOwn(values, slot) ? values[slot] : undefined));
}

/**
 * Input words in slot order from amounts in cents. A signed item is given either whole (`recoveries`: negative when
 * reversals prevail) or, keeping gross and reversed apart, as `recoveries+` and `recoveries-`, both not negative.
 * @throws InputsError naming every unknown, missing and wrongly negative input.
 */
export function encodeInputs(
  compiled: Pick<CompiledDeal, 'inputs'>,
  values: Readonly<Record<string, bigint>>,
): bigint[] {
  const words = compiled.inputs.flatMap((item) =>
    partsOf(item, values).map((value, index) => ({ name: item.slots[index] ?? item.name, value })),
  );
  const whole = compiled.inputs.filter(({ name }) => Object.hasOwn(values, name));
  const known = compiled.inputs.flatMap((item) => (whole.includes(item) ? [item.name] : item.slots));
  const unknown = Object.keys(values).filter((name) => !known.includes(name));
  const missing = words.filter(({ value }) => value === undefined).map(({ name }) => name);
  const negative = words.filter(({ value }) => value !== undefined && value < 0n).map(({ name }) => name);
  if (unknown.length + missing.length + negative.length > 0) throw new InputsError(unknown, missing, negative);
  return words.map(({ value }) => value ?? 0n);
}

/** Input words back to amounts by slot name: the inverse of `encodeInputs`, signed items as NAME+ and NAME-. */
export function decodeInputs(compiled: Pick<CompiledDeal, 'inputs'>, words: readonly bigint[]): Record<string, bigint> {
  const names = compiled.inputs.flatMap(({ slots }) => slots);
  return Object.fromEntries(names.map((name, index) => [name, words[index] ?? 0n]));
}
