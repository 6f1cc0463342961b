import { describe, expect, it } from '@jest/globals';
import type { InputItem } from './compiled-deal.js';
import { InputsError } from './errors.js';
import { decodeInputs, encodeInputs, type InputValue } from './inputs.js';

const inputs: InputItem[] = [
  { name: 'pool', slots: ['pool'], unit: 'money' },
  { name: 'losses', slots: ['losses+', 'losses-'], unit: 'money' },
  { name: 'rate', slots: ['rate'], unit: 'rate' },
  { name: 'share', slots: ['share'], unit: 'ratio' },
  { name: 'day', slots: ['day'], unit: 'date' },
  { name: 'called', slots: ['called'], unit: 'flag' },
];
const RIGHT: Record<string, InputValue> = { pool: 5n, losses: 3n, rate: 7n, share: 2n, day: 1n, called: 0n };

const words = (changed: Record<string, InputValue>): bigint[] => encodeInputs({ inputs }, { ...RIGHT, ...changed });

function refused(changed: Record<string, InputValue>, without: string[] = []): Partial<InputsError> {
  const values = Object.fromEntries(
    Object.entries({ ...RIGHT, ...changed }).filter(([name]) => !without.includes(name)),
  );
  try {
    encodeInputs({ inputs }, values);
  } catch (error) {
    if (error instanceof InputsError) {
      const { unknown, missing, negative, unreadable } = error;
      return { unknown, missing, negative, unreadable };
    }
    throw error;
  }
  return {};
}
const NONE = { unknown: [], missing: [], negative: [], unreadable: [] };

describe('input words', () => {
  it('are in slot order, signed items by their sides', () => {
    expect(words({})).toEqual([5n, 3n, 0n, 7n, 2n, 1n, 0n]);
    expect(words({ losses: -3n })).toEqual([5n, 0n, 3n, 7n, 2n, 1n, 0n]);
    expect(words({ losses: 0n }).slice(1, 3)).toEqual([0n, 0n]);
  });

  it('are read from texts of their unit', () => {
    // 0.05 and 0.5 at 10^12; 1970-01-11 is day 10
    const texts = { pool: '0.07', losses: '-0.02', rate: '5 %', share: '0.5', day: '1970-01-11', called: 'true' };
    expect(words(texts)).toEqual([7n, 0n, 2n, 50_000_000_000n, 500_000_000_000n, 10n, 1n]);
    expect(words({ called: 'false' }).at(-1)).toBe(0n);
    expect(words({ called: 1n }).at(-1)).toBe(1n);
  });

  it('may be given gross and reversed apart', () => {
    const { losses: _, ...rest } = RIGHT;
    expect(encodeInputs({ inputs }, { ...rest, 'losses+': 9n, 'losses-': 4n }).slice(1, 3)).toEqual([9n, 4n]);
  });

  it('come back by their slots', () => {
    expect(decodeInputs({ inputs }, [5n, 0n, 3n, 7n, 2n, 1n, 1n])).toEqual({
      pool: 5n,
      'losses+': 0n,
      'losses-': 3n,
      rate: 7n,
      share: 2n,
      day: 1n,
      called: 1n,
    });
    // words that are not there are zero
    expect(decodeInputs({ inputs }, [5n])['called']).toBe(0n);
  });
});

describe('reports that do not fit', () => {
  it.each<[string, Record<string, InputValue>, string[], Partial<InputsError>]>([
    ['a name that is none', { other: 1n }, [], { ...NONE, unknown: ['other'] }],
    ['a name of every object', {}, ['pool'], { ...NONE, missing: ['pool'] }],
    ['both sides left out', {}, ['losses'], { ...NONE, missing: ['losses+', 'losses-'] }],
    ['one side left out', { 'losses+': 1n }, ['losses'], { ...NONE, missing: ['losses-'] }],
    ['the whole and a side', { 'losses+': 1n }, [], { ...NONE, unknown: ['losses+'] }],
    ['an amount below zero', { pool: -1n }, [], { ...NONE, negative: ['pool'] }],
    ['a side below zero', { 'losses+': -1n, 'losses-': 0n }, ['losses'], { ...NONE, negative: ['losses+'] }],
    ['a text that is no amount', { pool: 'much' }, [], { ...NONE, unreadable: ['pool'] }],
    ['a text of a signed item', { losses: 'much' }, [], { ...NONE, unreadable: ['losses'] }],
    ['a text that is no flag', { called: 'maybe' }, [], { ...NONE, unreadable: ['called'] }],
    ['a number that is no flag', { called: 2n }, [], { ...NONE, unreadable: ['called'] }],
  ])('%s', (_, changed, without, found) => {
    expect(refused(changed, without)).toEqual(found);
  });

  it('an input called like what every object has', () => {
    const item: InputItem = { name: 'toString', slots: ['toString'], unit: 'money' };
    expect(() => encodeInputs({ inputs: [item] }, {})).toThrow(expect.objectContaining({ missing: ['toString'] }));
  });
});
