import { describe, expect, it } from '@jest/globals';
import type { Deal } from '@weir/deal';
import { lowered } from '../../fixtures/lowered.js';

/** 10^12, at which rates and numbers stand. */
const ONE = '1000000000000';

function codeOf(formula: string, rounding?: Deal['rounding']): string[] {
  const { lines, value, found } = lowered(formula, rounding);
  expect(found).toEqual([]);
  return [...lines, value];
}

describe('formulas that are a slot or a constant take no instruction', () => {
  it.each([
    ['m', 'm'],
    ['m + 0', 'm'],
    ['0 + m', 'm'],
    ['m - 0.00 EUR', 'm'],
    ['2.00 EUR + m - 2.00 EUR', 'm'],
    ['1.00 EUR + 2.00 EUR', '300'],
    ['m * 1', 'm'],
    ['m / 1', 'm'],
    ['m * 2 / 2', 'm'],
    ['m * 0', '0'],
    ['-(-m)', 'm'],
    ['min(m, 0)', '0'],
    ['min(0, m)', '0'],
    ['max(m, 0)', 'm'],
    ['max(0, m)', 'm'],
    ['max(1.00 EUR, 2.00 EUR)', '200'],
    ['min(1.00 EUR, 2.00 EUR)', '100'],
    ['max(0, 1.00 EUR - 2.00 EUR)', '0'],
    ['abs(m)', 'm'],
    ['abs(-m)', 'm'],
    ['abs(1.00 EUR - 3.00 EUR)', '200'],
    ['if(f, m, m)', 'm'],
    ['if(1 > 2, m, n)', 'n'],
    ['if(2 > 1, m, n)', 'm'],
    ['if(1 >= 1 and not (2 < 1), m, n)', 'm'],
    ['if(1 = 2 or 1 != 2, m, n)', 'm'],
    ['roundDown(7.49 EUR, 5.00 EUR)', '500'],
    ['roundUp(7.49 EUR, 5.00 EUR)', '1000'],
    ['roundHalfUp(7.49 EUR, 5.00 EUR)', '500'],
    // 0.5 % + 1 ÷ 4 = 0.255; 0.25 ÷ 0.5; 3 − 1; −(−2)
    ['0.5 % + 1 / 4', '255000000000'],
    ['0.25 / 0.5', '500000000000'],
    ['3 - 1', '2000000000000'],
    ['-(-2) * 1', '2000000000000'],
    // 20 days after 2025-01-01, which is day 20,089
    ['2025-01-01 + 20', '20109'],
    ['2025-01-01 - 2024-12-30', '2000000000000'],
  ])('%s is %s', (formula, value) => {
    expect(codeOf(formula)).toEqual([value]);
  });
});

describe('what formulas compile to', () => {
  it.each<[string, string[]]>([
    ['m + n', ['ADD t0 n m', 't0']],
    ['m - n', ['SUB t0 m n', 't0']],
    ['m - (n - 1.00 EUR)', ['ADD t0 100 m', 'SUB t1 t0 n', 't1']],
    ['2.00 EUR - m + 1.00 EUR', ['SUB t0 300 m', 't0']],
    ['m * 2', ['MULN t0 2 m 1', 't0']],
    ['m / 3', ['MULN t0 1 m 3', 't0']],
    ['m / (1 / 3)', ['MULN t0 3 m 1', 't0']],
    ['2 * m / 4', ['MULN t0 1 m 2', 't0']],
    ['-2 * m * -3', ['MULN t0 6 m 1', 't0']],
    ['m / n * m', ['MULN t0 m m n', 't0']],
    ['m * r', [`MULN t0 m r ${ONE}`, 't0']],
    // a number of amounts stands at 10^12
    ['m / n', [`MULN t0 ${ONE} m n`, 't0']],
    ['q / 1', ['q']],
    ['r * 2', ['MULN t0 2 r 1', 't0']],
    ['q * q', [`MULN t0 q q ${ONE}`, 't0']],
    // beyond two factors all but the last are multiplied exactly
    ['m * r * q', ['MULF t0 m r 1', `MULN t1 t0 q ${ONE}000000000000`, 't1']],
    // 2 ÷ 10^12 in lowest terms
    ['2 * m * r', ['MULN t0 m r 500000000000', 't0']],
    // an even divisor beside another goes second: what the first dropped reaches no half of the second
    ['m / n * m / 2', ['MULF t0 m m n', 'MULN t1 t0 1 2', 't1']],
    ['roundUp(m / n * m / 2)', ['MULC t0 m m n', 'MULC t1 t0 1 2', 't1']],
    // an odd one joins it
    ['m / n * m / 3', ['MULF t0 n 3 1', 'MULN t1 m m t0', 't1']],
    ['m / n / q * m', [`MULF t0 ${ONE} m 1`, 'MULF t1 n q 1', 'MULN t2 t0 m t1', 't2']],
    // a divisor of 10^48 does not fit a slot: 10^36, then 10^12
    [
      'm * r * r * q * q',
      [
        'MULF t0 m r 1',
        'MULF t1 t0 r 1',
        'MULF t2 t1 q 1',
        `MULF t3 t2 q ${ONE}${'0'.repeat(24)}`,
        `MULN t4 t3 1 ${ONE}`,
        't4',
      ],
    ],
    // a factor of zero leaves the division, which may stop the run
    ['m * 0 / n * m', ['MULF t0 0 m 1', 'MULN t1 t0 m n', 't1']],
    ['roundDown(m / 3)', ['MULF t0 1 m 3', 't0']],
    ['roundUp(m / 3)', ['MULC t0 1 m 3', 't0']],
    ['roundHalfUp(m / 3)', ['MULN t0 1 m 3', 't0']],
    ['min(m, n)', ['MIN t0 m n', 't0']],
    ['max(m, n)', ['MAX t0 m n', 't0']],
    ['min(m, n, 1.00 EUR)', ['MIN t0 m n', 'MIN t1 t0 100', 't1']],
    ['max(0, m - n)', ['SSUB t0 m n', 't0']],
    ['max(m - n, 0)', ['SSUB t0 m n', 't0']],
    // n + max(0, m − n − n), whichever stands first
    ['max(n, m - n)', ['ADD t0 n n', 'SSUB t1 m t0', 'ADD t2 t1 n', 't2']],
    ['max(m - n, n)', ['ADD t0 n n', 'SSUB t1 m t0', 'ADD t2 t1 n', 't2']],
    // n − max(0, n − (m − n))
    ['min(m - n, n)', ['ADD t0 n n', 'SSUB t1 t0 m', 'SUB t2 n t1', 't2']],
    ['min(n, m - n)', ['ADD t0 n n', 'SSUB t1 t0 m', 'SUB t2 n t1', 't2']],
    ['abs(m - n)', ['SSUB t0 m n', 'SSUB t1 n m', 'ADD t2 t1 t0', 't2']],
    ['m < n', ['LT t0 m n', 't0']],
    ['m > n', ['LT t0 n m', 't0']],
    ['m <= n', ['LE t0 m n', 't0']],
    ['m >= n', ['LE t0 n m', 't0']],
    ['m = n', ['EQ t0 m n', 't0']],
    ['m != n', ['EQ t0 m n', 'NOT t1 t0', 't1']],
    ['m - n < 1.00 EUR', ['ADD t0 n 100', 'LT t1 m t0', 't1']],
    ['f and g', ['AND t0 f g', 't0']],
    ['f or g', ['OR t0 f g', 't0']],
    ['not f', ['NOT t0 f', 't0']],
    ['d + 30', ['ADD t0 30 d', 't0']],
    ['d - 30', ['SUB t0 d 30', 't0']],
    ['d - e', [`MULF t0 d ${ONE} 1`, `MULF t1 e ${ONE} 1`, 'SUB t2 t0 t1', 't2']],
    ['d + q', [`MULF t0 q 1 ${ONE}`, 'ADD t1 t0 d', 't1']],
    ['d - q', [`MULF t0 q 1 ${ONE}`, 'SUB t1 d t0', 't1']],
    // as many whole multiples, then so many
    ['roundDown(m, 5.00 EUR)', ['MULF t0 m 1 500', 'MULF t1 t0 500 1', 't1']],
    ['roundUp(m + n, 5.00 EUR)', ['ADD t0 n m', 'MULC t1 t0 1 500', 'MULF t2 t1 500 1', 't2']],
    // a product is divided by 3 × 5.00 at once
    ['roundHalfUp(m / 3, 5.00 EUR)', ['MULN t0 1 m 1500', 'MULF t1 t0 500 1', 't1']],
    ['roundDown(m * 2, 5.00 EUR)', ['MULF t0 1 m 250', 'MULF t1 t0 500 1', 't1']],
    ['roundDown(q, 0.01)', ['MULF t0 q 1 10000000000', 'MULF t1 t0 10000000000 1', 't1']],
  ])('%s', (formula, code) => {
    expect(codeOf(formula)).toEqual(code);
  });

  it('rounds products as the deal does', () => {
    expect(codeOf('m / 3', 'down')).toEqual(['MULF t0 1 m 3', 't0']);
    expect(codeOf('m / 3', 'up')).toEqual(['MULC t0 1 m 3', 't0']);
  });

  it('rounds a product that may be negative by its magnitude', () => {
    // 2 × s: each sign by itself
    expect(codeOf('s * 2')).toEqual([
      ...['SSUB t0 s+ s-', 'SSUB t1 s- s+'],
      ...['MULN t2 2 t0 1', 'MULN t3 2 t1 1', 'SUB t4 t2 t3', 't4'],
    ]);
    expect(codeOf('-2 * s').slice(-2)).toEqual(['SUB t4 t3 t2', 't4']);
  });
});

describe('a choice', () => {
  it('selects between arms that cannot stop the run', () => {
    expect(codeOf('if(f, m, n)')).toEqual(['SEL t0 f m n', 't0']);
    expect(codeOf('if(f, 2 * m, 3 * n)')).toEqual(['MULN t0 2 m 1', 'MULN t1 3 n 1', 'SEL t2 f t0 t1', 't2']);
    expect(codeOf('if(f, max(0, m - n), 0)')).toEqual(['SSUB t0 m n', 'SEL t1 f t0 0', 't1']);
  });

  it('keeps the two signs of an arm apart', () => {
    expect(codeOf('if(f, m - n, 0)')).toEqual(['SEL t0 f m 0', 'SEL t1 f n 0', 'SUB t2 t0 t1', 't2']);
    expect(codeOf('if(f, m, -n)')).toEqual(['SEL t0 f m 0', 'SEL t1 f 0 n', 'SUB t2 t0 t1', 't2']);
  });

  it.each([
    ['m / n * m', 'MULN'],
    ['roundDown(m / n * m)', 'MULF'],
    ['roundUp(m / n * m)', 'MULC'],
  ])('leaps over %s, which may divide by zero, where it is not chosen', (arm, op) => {
    const divided = `${op} t0 m m n`;
    expect(codeOf(`if(f, ${arm}, n)`)).toEqual([
      ...['JZ f :0', divided, 'MOV t1 t0', 'JMP :1', ':0', 'MOV t1 n', ':1'],
      't1',
    ]);
    expect(codeOf(`if(f, n, ${arm})`)).toEqual([
      ...['JZ f :0', 'MOV t1 n', 'JMP :1', ':0', divided, 'MOV t1 t0', ':1'],
      't1',
    ]);
  });

  it('leaps over a difference that may be below zero', () => {
    // The date so many months later or earlier is taken off, which a run may not bear.
    const { lines } = lowered('if(f, addMonths(d, -q), d)');
    expect(lines[0]).toBe('JZ f :0');
    expect(lines.slice(-5)).toEqual([
      expect.stringMatching(/^MOV t\d+ t\d+$/),
      'JMP :1',
      ':0',
      expect.stringMatching(/^MOV t\d+ d$/),
      ':1',
    ]);
  });

  it('moves both signs of arms that it leaps over', () => {
    expect(codeOf('if(f, m / n * m, m - n)')).toEqual([
      ...['JZ f :0', 'MULN t0 m m n', 'MOV t1 t0', 'MOV t2 0', 'JMP :1'],
      ...[':0', 'MOV t1 m', 'MOV t2 n', ':1', 'SUB t3 t1 t2', 't3'],
    ]);
    expect(codeOf('if(f, m - n, m / n * m)')).toEqual([
      ...['JZ f :0', 'MOV t1 m', 'MOV t2 n', 'JMP :1'],
      ...[':0', 'MULN t0 m m n', 'MOV t1 t0', 'MOV t2 0', ':1', 'SUB t3 t1 t2', 't3'],
    ]);
  });
});
