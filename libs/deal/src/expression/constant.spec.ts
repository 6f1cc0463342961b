import { describe, expect, it } from '@jest/globals';
import { constantOf, isLess, sameExpression } from './constant.js';
import { parseExpression } from './parse.js';
import { rational } from './rational.js';

const parsed = (text: string) => parseExpression(text, 0, 'USD');

describe('the value of an expression of literals', () => {
  it.each<[string, bigint, bigint]>([
    ['7', 7n, 1n],
    ['2.00 USD', 200n, 1n],
    ['-7', -7n, 1n],
    ['1 / 2 + 1 / 3', 5n, 6n],
    ['1 / 2 - 1 / 3', 1n, 6n],
    ['2 / 3 * 6', 4n, 1n],
    ['0 / 5', 0n, 1n],
    ['min(3, 1, 2)', 1n, 1n],
    ['max(1, 3, 2)', 3n, 1n],
    ['max(1 / 2, 2 / 5)', 1n, 2n],
    ['abs(1 - 3)', 2n, 1n],
    ['abs(3 - 1)', 2n, 1n],
    ['min(-3, 2)', -3n, 1n],
  ])('%s', (text, num, den) => {
    expect(constantOf(parsed(text))).toEqual({ num, den });
  });

  it.each([
    'a',
    '-a',
    'a + 1',
    '1 + a',
    '1 / 0',
    '1 < 2',
    'min(1, a)',
    'max(a, 1)',
    'abs(a)',
    'not true',
    'roundDown(7)',
    'if(true, 1, 2)',
  ])('is none: %s', (text) => {
    expect(constantOf(parsed(text))).toBeNull();
  });

  it('has an order', () => {
    const [third, half] = [rational(1n, 3n), rational(1n, 2n)];
    expect([isLess(third, half), isLess(half, third), isLess(half, half)]).toEqual([true, false, false]);
    expect(isLess(rational(-1n), rational(0n))).toBe(true);
  });
});

describe('expressions that read alike', () => {
  const all = [
    '1',
    '2',
    '1 / 2',
    '1.00 USD',
    '100',
    'a',
    'b',
    '-a',
    '-b',
    'not a',
    'a + b',
    'b + a',
    'a - b',
    'a + c',
    'c + b',
    'min(a, b)',
    'max(a, b)',
    'min(a, c)',
    'min(a, b, c)',
    'abs(a)',
  ];

  it.each(all)('%s is itself alone', (text) => {
    const like = all.filter((other) => sameExpression(parsed(text), parsed(`  ${other}`)));
    expect(like).toEqual([text]);
  });
});
