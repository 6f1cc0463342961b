import { dayNumber } from '@weir/calendar';
import type { Unit } from '@weir/deal';
import { parseMoney, parseRate } from '@weir/money';
import type { CompiledDeal, InputItem } from './compiled-deal.js';
import { InputsError } from './errors.js';

/** An input as it is given: in slot units (cents, 10^12, day number, 0 or 1), or as text of its unit. */
export type InputValue = bigint | string;

/** How a text of each unit is read. */
const READERS: Record<Unit, (text: string) => bigint> = {
  money: parseMoney,
  rate: parseRate,
  ratio: parseRate,
  date: (text) => BigInt(dayNumber(text)),
  flag: (text) => ({ true: 1n, false: 0n })[text] ?? 2n,
};

/** The value in slot units, or null when the text is none of its unit. */
function slotValueOf(unit: Unit, given: InputValue): bigint | null {
  let value: bigint;
  try {
    value = typeof given === 'bigint' ? given : READERS[unit](given);
  } catch {
    // Each reader has its own error; all of them mean that the text does not fit the unit.
    return null;
  }
  return unit === 'flag' && value !== 0n && value !== 1n ? null : value;
}

interface Word {
  name: string;
  value: bigint | null | undefined;
}

function wordsOf(item: InputItem, values: Readonly<Record<string, InputValue>>): Word[] {
  const read = (name: string): bigint | null | undefined => {
    const given = Object.hasOwn(values, name) ? values[name] : undefined;
    return given === undefined ? undefined : slotValueOf(item.unit, given);
  };
  const whole = read(item.name);
  if (item.slots.length === 1) return [{ name: item.name, value: whole }];
  if (whole === undefined) return item.slots.map((name) => ({ name, value: read(name) }));
  if (whole === null) return [{ name: item.name, value: null }];
  return item.slots.map((name, index) => {
    const part = index === 0 ? whole : -whole;
    return { name, value: part > 0n ? part : 0n };
  });
}

/**
 * Input words in slot order from values in slot units (amounts in cents, rates and ratios at `RATE_SCALE`, day numbers, 0
 * and 1) or as text ("41250.00", "5.33 %", "2020-08-17", "true"). A signed item is given either whole (`recoveries`:
 * negative when reversals prevail) or, keeping gross and reversed apart, as `recoveries+` and `recoveries-`, both not
 * negative. @throws InputsError naming every unknown, missing, wrongly negative and unreadable input.
 */
export function encodeInputs(
  compiled: Pick<CompiledDeal, 'inputs'>,
  values: Readonly<Record<string, InputValue>>,
): bigint[] {
  const words = compiled.inputs.flatMap((item) => wordsOf(item, values));
  const known = compiled.inputs.flatMap((item) => (Object.hasOwn(values, item.name) ? [item.name] : item.slots));
  const names = (fits: (value: Word['value']) => boolean): string[] =>
    words.filter(({ value }) => fits(value)).map(({ name }) => name);
  const unknown = Object.keys(values).filter((name) => !known.includes(name));
  const missing = names((value) => value === undefined);
  const negative = names((value) => typeof value === 'bigint' && value < 0n);
  const unreadable = names((value) => value === null);
  if ([unknown, missing, negative, unreadable].some(({ length }) => length > 0)) {
    throw new InputsError(unknown, missing, negative, unreadable);
  }
  return words.map(({ value }) => value ?? 0n);
}

/** Input words back to values in slot units by slot name: the inverse of `encodeInputs`, signed items as NAME+ and NAME-. */
export function decodeInputs(compiled: Pick<CompiledDeal, 'inputs'>, words: readonly bigint[]): Record<string, bigint> {
  const names = compiled.inputs.flatMap(({ slots }) => slots);
  return Object.fromEntries(names.map((name, index) => [name, words[index] ?? 0n]));
}
