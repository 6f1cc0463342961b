import { describe, expect, it } from '@jest/globals';
import { DivisionFinder } from './division.js';
import { parseExpression } from './parse.js';

/** Divisors' places of the divisions that may be by zero; `p` is always above zero. */
function doubtful(text: string): number[] {
  const finder = new DivisionFinder((name) => name === 'p');
  return finder.doubtful(parseExpression(text, 0, 'USD')).map(({ at }) => at);
}

describe('a division is safe', () => {
  it.each([
    'a / 2',
    'a / 0',
    'a / p',
    'a / -p',
    'a / (p + 1)',
    'a / (p * p)',
    'a / (p / 2)',
    'a / (-2 * p)',
    'a / abs(-p)',
    'a / max(0, p)',
    'a / max(1, b)',
    'a / min(p, 1)',
    'a / if(f, p, 1)',
    'if(b > 0, a / b, 0)',
    'if(b >= 1, a / b, 0)',
    'if(b = 1, a / b, 0)',
    'if(b < 0, a / b, 0)',
    'if(b <= -1, a / b, 0)',
    'if(b = -1, a / b, 0)',
    'if(b != 0, a / b, 0)',
    'if(b = 0, 0, a / b)',
    'if(b <= 0, 0, a / b)',
    'if(0 < b, a / b, 0)',
    'if(0 >= b, 0, a / b)',
    'if(not (b = 0), a / b, 0)',
    'if(f and b > 0, a / b, 0)',
    'if(b > 0 and f, a / b, 0)',
    'if(f or b <= 0, 0, a / b)',
    'if(b > 0, a / (b + 1), 0)',
    'if(b != 0, a / (2 * b), 0)',
    'if(b + c > 0, a / (b + c), 0)',
    'if(b > 0, if(f, a / b, 1), 0)',
    'a / if(b > 0, b, 1)',
    'a / if(b <= 0, 1, b)',
  ])('%s', (text) => {
    expect(doubtful(text)).toEqual([]);
  });
});

describe('a division may be by zero', () => {
  it.each([
    'a / b',
    'a / -b',
    'a / abs(b)',
    'a / (p - 1)',
    'a / (p + b)',
    'a / (b + p)',
    'a / (p * b)',
    'a / (b * p)',
    'a / max(0, b)',
    'a / min(p, b)',
    'a / min(0, p)',
    'a / if(f, p, b)',
    'a / if(f, b, p)',
    'a / roundDown(p)',
    'if(b > 0, 0, a / b)',
    'if(b >= 0, a / b, 0)',
    'if(b > -1, a / b, 0)',
    'if(b = 0, a / b, 0)',
    'if(b < 1, a / b, 0)',
    'if(b <= 0, a / b, 0)',
    'if(b != 1, a / b, 0)',
    'if(0 > b, 0, a / b)',
    'if(f or b > 0, a / b, 0)',
    'if(f and b <= 0, 0, a / b)',
    'if(c > 0, a / b, 0)',
    'if(b > c, a / b, 0)',
    'if(b != 0, a / (b + 1), 0)',
    'if(a / b > 0, 1, 0)',
    'not (a / b > 0)',
    '-(a / b)',
    'a / b / 2',
    '2 / (a / b)',
    'max(1, a / b)',
  ])('%s', (text) => {
    expect(doubtful(text)).not.toEqual([]);
  });

  it('at each of its places, in reading order', () => {
    expect(doubtful('a / b + c / d')).toEqual([2, 10]);
    expect(doubtful('a / (b / c)')).toHaveLength(2);
  });
});
