import { type Stated, stateWords, type WordUnit } from './state-words.js';

/**
 * What a deal keeps between payment dates, by name: one word of state, or the positive and the negative part of what may
 * be below zero. `plus` and `minus` are places among the state words.
 */
export interface KeptValue {
  readonly name: string;
  readonly unit: WordUnit;
  readonly meaning: string;
  readonly plus: number | null;
  readonly minus: number | null;
}

/** Everything that a deal keeps, in the order of its state. */
export function keptValues(compiled: Stated): KeptValue[] {
  const kept = new Map<string, KeptValue>();
  stateWords(compiled).forEach(({ name, unit, meaning }, index) => {
    const sign = /[+-]$/.exec(name)?.[0];
    const base = sign ? name.slice(0, -1) : name;
    const known = kept.get(base) ?? { name: base, unit, meaning, plus: null, minus: null };
    kept.set(base, sign === '-' ? { ...known, minus: index } : { ...known, plus: index });
  });
  return [...kept.values()];
}

/** A value's net amount from the words of a state, in slot units. */
export function netOf({ plus, minus }: Pick<KeptValue, 'plus' | 'minus'>, words: readonly bigint[]): bigint {
  return (plus === null ? 0n : (words[plus] ?? 0n)) - (minus === null ? 0n : (words[minus] ?? 0n));
}

/** Computed anew on each payment date, so that nothing is lost with it. */
export function isForgotten({ name }: Pick<KeptValue, 'name'>): boolean {
  return name.startsWith('remittance');
}
