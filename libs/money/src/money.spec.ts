import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  bytesOf,
  canonicalJson,
  DivisionByZero,
  formatMoney,
  formatRate,
  groupMoney,
  type Hex,
  HexFormatError,
  hexOf,
  MoneyFormatError,
  mulDiv,
  NotCanonical,
  parseMoney,
  parseRate,
  RateFormatError,
  type Rounding,
  splitLargestRemainder,
} from './index.js';

describe('mulDiv', () => {
  // 7 × 1 ÷ 2 = 3.5, 5 × 1 ÷ 2 = 2.5, 7 × 1 ÷ 3 = 2.33, 8 × 1 ÷ 3 = 2.67; signs mirror.
  it.each<[bigint, bigint, Rounding, bigint]>([
    [7n, 2n, 'down', 3n],
    [7n, 2n, 'up', 4n],
    [7n, 2n, 'half-up', 4n],
    [7n, 2n, 'half-even', 4n],
    [5n, 2n, 'half-up', 3n],
    [5n, 2n, 'half-even', 2n],
    [7n, 3n, 'half-up', 2n],
    [8n, 3n, 'half-up', 3n],
    [8n, 3n, 'half-even', 3n],
    [7n, 3n, 'up', 3n],
    [6n, 3n, 'up', 2n],
    [-7n, 2n, 'down', -3n],
    [-7n, 2n, 'up', -4n],
    [-7n, 2n, 'half-up', -4n],
    [-5n, 2n, 'half-even', -2n],
    [7n, -2n, 'half-up', -4n],
  ])('%d ÷ %d %s is %d', (a, c, rounding, expected) => {
    expect(mulDiv(a, 1n, c, rounding)).toBe(expected);
  });

  it('rounds once: 1 % ÷ 12 of 183,639,404.43 is 153,032.837025, half up 153,032.84', () => {
    expect(mulDiv(18363940443n, 1n, 1200n, 'half-up')).toBe(15303284n);
  });

  it('refuses a zero divisor', () => {
    expect(() => mulDiv(1n, 1n, 0n, 'down')).toThrow(DivisionByZero);
  });
});

describe('amounts as text', () => {
  it.each([
    ['0', 0n],
    ['1234.5', 123450n],
    ['-0.07', -7n],
    ['183639404.43', 18363940443n],
  ])('%s is %d cents', (text, minor) => {
    expect(parseMoney(text)).toBe(minor);
  });

  it.each(['', '1,234.50', '1,234.5O', '1.234', '+1', '1e3', ' 1', '.5', '1.', '0x10', '--1', '٣'])(
    'refuses "%s"',
    (text) => {
      expect(() => parseMoney(text)).toThrow(MoneyFormatError);
    },
  );

  it('groups thousands for people', () => {
    expect(groupMoney(-123456789050n)).toBe('-1,234,567,890.50');
    expect(groupMoney(99999n)).toBe('999.99');
  });

  it('parse(format(x)) = x', () => {
    fc.assert(fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), (x) => parseMoney(formatMoney(x)) === x));
  });
});

describe('rates', () => {
  // 0.60 % = 0.006 = 6e9 ÷ 1e12
  it.each([
    ['0.60 %', 6_000_000_000n],
    ['0.60%', 6_000_000_000n],
    ['0.006', 6_000_000_000n],
    ['1', 1_000_000_000_000n],
    ['-7.5 %', -75_000_000_000n],
  ])('%s', (text, rate) => {
    expect(parseRate(text)).toBe(rate);
  });

  it.each(['', '%', 'six', '0.0000000000001', '0.00000000001 %', '1 bp'])('refuses "%s"', (text) => {
    expect(() => parseRate(text)).toThrow(RateFormatError);
  });

  it('prints a percentage, and parse(print(x)) = x', () => {
    expect(formatRate(6_000_000_000n)).toBe('0.60 %');
    expect(formatRate(200_000_000n)).toBe('0.02 %');
    expect(formatRate(1n)).toBe('0.0000000001 %');
    fc.assert(fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), (x) => parseRate(formatRate(x)) === x));
  });
});

describe('splitLargestRemainder', () => {
  it('gives the units left to the largest remainders, ties to the lower index', () => {
    // 100 ÷ 3 = 33 each, one unit left, equal remainders
    expect(splitLargestRemainder(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n]);
    // 10 × 1 ÷ 6 = 1.67, 10 × 2 ÷ 6 = 3.33, 10 × 3 ÷ 6 = 5: the unit left goes to the first
    expect(splitLargestRemainder(10n, [1n, 2n, 3n])).toEqual([2n, 3n, 5n]);
  });

  it('sums exactly and gives nothing to a zero weight', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.array(fc.nat(1000), { minLength: 1 }), (total, nats) => {
        const weights = [...nats.map(BigInt), 1n, 0n];
        const parts = splitLargestRemainder(total, weights);
        return parts.reduce((a, b) => a + b) === total && parts.at(-1) === 0n && parts.every((part) => part >= 0n);
      }),
    );
  });

  it.each([
    [1n, [], 'no-weights'],
    [1n, [0n], 'zero-weights'],
    [1n, [1n, -1n], 'negative-weight'],
    [-1n, [1n], 'negative-total'],
  ])('refuses %d over %j', (total, weights, reason) => {
    expect(() => splitLargestRemainder(total, weights)).toThrow(expect.objectContaining({ reason }));
  });
});

describe('hex', () => {
  it('prints lower case and reads both cases', () => {
    expect(hexOf(Uint8Array.of(0, 10, 255))).toBe('0x000aff');
    expect([...bytesOf('0x000AfF')]).toEqual([0, 10, 255]);
  });

  it.each(['', '0', '0x0', '0xzz', '000a'])('refuses "%s"', (text) => {
    expect(() => bytesOf(text as Hex)).toThrow(HexFormatError);
  });
});

describe('canonicalJson', () => {
  it('sorts keys, indents by two, ends in a line feed, leaves out what is absent', () => {
    expect(canonicalJson({ b: [1, { d: null, c: true }], a: 'x', z: undefined })).toBe(
      '{\n  "a": "x",\n  "b": [\n    1,\n    {\n      "c": true,\n      "d": null\n    }\n  ]\n}\n',
    );
  });

  it('names the place of what it refuses', () => {
    expect(() => canonicalJson({ a: [{ b: 1n }] })).toThrow(
      expect.objectContaining({ path: '$.a[0].b', kind: 'bigint' }),
    );
    expect(() => canonicalJson(Number.NaN)).toThrow(NotCanonical);
    expect(() => canonicalJson(new Date(0))).toThrow(NotCanonical);
  });
});
