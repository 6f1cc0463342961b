import { describe, expect, it } from '@jest/globals';
import { figureText } from './figure-text.js';

describe('figureText', () => {
  it('prints ratios and rates as a reader expects them, half up', () => {
    const ratio = (value: bigint): string => figureText('ratio', value);
    // 5/6, 2, −1.2000005, and less than can be shown
    expect([833_333_333_333n, 2n * 10n ** 12n, -1_200_000_500_000n, 499_999n].map(ratio)).toEqual([
      '0.833333',
      '2',
      '-1.200001',
      '0',
    ]);
    // 1/3 of a percent
    expect(figureText('rate', 3_333_333_333n)).toBe('0.333333 %');
    expect(figureText('rate', -52_500_000_000n)).toBe('-5.25 %');
  });

  it('prints amounts, dates and flags', () => {
    expect(figureText('money', -123_456n)).toBe('-1,234.56');
    // 1 January 1970 is day 0
    expect(figureText('date', 31n)).toBe('1970-02-01');
    expect([figureText('flag', 1n), figureText('flag', 0n)]).toEqual(['yes', 'no']);
  });
});
