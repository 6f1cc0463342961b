import { describe, expect, it } from '@jest/globals';
import { minus, over, plus, rational, times } from './rational.js';

describe('exact fractions', () => {
  const of = (num: bigint, den: bigint) => ({ num, den });

  it('stand in lowest terms over a divisor above zero', () => {
    expect(rational(6n, 4n)).toEqual(of(3n, 2n));
    expect(rational(-6n, 4n)).toEqual(of(-3n, 2n));
    expect(rational(6n, -4n)).toEqual(of(-3n, 2n));
    expect(rational(-6n, -4n)).toEqual(of(3n, 2n));
    expect(rational(0n, -4n)).toEqual(of(0n, 1n));
    expect(rational(-1n, 3n)).toEqual(of(-1n, 3n));
    expect(rational(5n)).toEqual(of(5n, 1n));
  });

  it('are added, taken off, multiplied and divided', () => {
    const [a, b] = [rational(-2n, 3n), rational(5n, 7n)];
    // −14 ÷ 21 + 15 ÷ 21, − 15 ÷ 21; −10 ÷ 21; −14 ÷ 15
    expect([plus(a, b), minus(a, b), times(a, b), over(a, b)]).toEqual([
      of(1n, 21n),
      of(-29n, 21n),
      of(-10n, 21n),
      of(-14n, 15n),
    ]);
    expect(over(b, a)).toEqual(of(-15n, 14n));
  });
});
