import { describe, expect, it } from '@jest/globals';
import type { Vintage } from '@weir/collateral';
import { vintageLines, vintagesCsv } from './vintages.js';

/** A vintage of 1,000.00 of which 1.00 is lost and 10.00 prepay in each of its months on book. */
function vintage(name: string, from: number, to: number): Vintage {
  const months = Array.from({ length: to - from + 1 }, (_, index) => ({
    ...{ monthOnBook: from + index, opening: 900_00n, closing: 889_00n },
    ...{ chargeOffs: 1_00n, recoveries: 0n, prepaid: 10_00n, smm: 0.0125 },
    cumulativeNetLoss: (index + 1) / 1000,
  }));
  return { name, loans: 2, originalBalance: 1_000_00n, months };
}
const table = (...vintages: Vintage[]): string[] => vintageLines({ vintages });
const rows = (text: string | undefined): string[] => (text ?? '').split('\n').map((line) => line.trim());

describe('static pools in a terminal', () => {
  it('are shown month by month where they are few, and not at all without any', () => {
    expect(table()).toEqual([]);
    const [, title, text] = table(vintage('2020-Q1', 3, 4));
    expect(title).toBe('Static pools, by month on book');
    expect(rows(text).slice(2)).toEqual([
      '2020-Q1      2  1,000.00      3  0.1000 %  1.2500 %',
      '2020-Q1      2  1,000.00      4  0.2000 %  1.2500 %',
    ]);
  });

  it('are a row a vintage where they are many, with columns of months on book', () => {
    const [, , losses, , , prepaid] = table(vintage('2020-Q1', 5, 40), vintage('2020-Q4', 1, 30));
    // Months 1 to 40 have seven multiples of six. By month 12 eight months of the first (from 5 on) are 8.00 of 1,000.00.
    expect(rows(losses)).toEqual([
      'vintage  loans  original  on book     6 m    12 m    18 m    24 m    30 m    36 m      last',
      expect.stringMatching(/^─/),
      '2020-Q1      2  1,000.00     5–40  0.20 %  0.80 %  1.40 %  2.00 %  2.60 %  3.20 %  3.6000 %',
      '2020-Q4      2  1,000.00     1–30  0.60 %  1.20 %  1.80 %  2.40 %  3.00 %       –  3.0000 %',
    ]);
    // 10.00 a month: 2 and 6 months by month 6, 36 and 30 in all
    expect(rows(prepaid)[2]).toMatch(/5–40 +2\.00 % .* 36\.0000 %$/);
    expect(rows(prepaid)[3]).toMatch(/1–30 +6\.00 % .* 30\.0000 %$/);
  });

  it('are a row a year where quarters are too many', () => {
    const years = Array.from({ length: 11 }, (_, index) => String(2010 + index));
    const quarters = years.flatMap((year) => [1, 2, 3, 4].map((quarter) => vintage(`${year}-Q${quarter}`, 1, 2)));
    const [, , losses] = table(...quarters);
    expect(rows(losses)).toHaveLength(2 + 11);
    // Four quarters of 1,000.00 lose 4.00 in each of two months: 8.00 of 4,000.00.
    expect(rows(losses)[2]).toBe('2010         8  4,000.00      1–2  0.10 %  0.20 %  0.2000 %');
  });

  it('are whole as CSV', () => {
    expect(
      vintagesCsv([vintage('2020-Q1', 3, 3)])
        .trim()
        .split('\n'),
    ).toEqual([
      'vintage,loans,originalBalance,monthOnBook,opening,closing,chargeOffs,recoveries,prepaid,cumulativeNetLoss,smm',
      '2020-Q1,2,1000.00,3,900.00,889.00,1.00,0.00,10.00,0.001,0.0125',
    ]);
  });
});
