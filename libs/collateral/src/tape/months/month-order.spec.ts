import { describe, expect, it } from '@jest/globals';
import { MonthNotAfter, MonthTwice } from '../errors.js';
import { assetClassNamed, LOAN_VOCABULARY } from '../model/asset-classes.js';
import type { AssetClass } from '../model/field.js';
import { openTape } from '../source/open-tape.js';
import { firstMonth, inMonthOrder, MonthChain } from './month-order.js';

const READING = { assetClass: assetClassNamed('consumer-loan') as AssetClass, loanKey: ['loanNumber'], mapping: null };

async function monthOf(...days: string[]): Promise<string | null> {
  const rows = days.map((day, index) => `${index},${day},1.00`);
  const text = ['loanNumber,reportingPeriodEndingDate,closingBalance', ...rows, ''].join('\n');
  return firstMonth(await openTape(Buffer.from(text), { vocabulary: LOAN_VOCABULARY }), READING);
}

describe('the month of a file', () => {
  it('is the first that its rows state, slips left aside', async () => {
    expect(await monthOf('07-31-2020', 'NA', '06-30-2020')).toBe('2020-06');
    // One of 24 rows is of another month.
    expect(await monthOf('05-31-2020', ...Array<string>(23).fill('07-31-2020'))).toBe('2020-07');
    expect(await monthOf('NA')).toBeNull();
  });

  it('orders files, and leaves those without one where they are', () => {
    const files = [
      { file: 'c', month: '2020-09' },
      { file: 'x', month: null },
      { file: 'a', month: '2020-07' },
      { file: 'b', month: '2020-08' },
    ];
    expect(inMonthOrder(files).map(({ file }) => file)).toEqual(['a', 'x', 'b', 'c']);
  });
});

describe('a chain of tapes', () => {
  const one = (reportingTo: string) => ({ several: null, reportingTo });
  const history = (...months: string[]) => ({
    several: { months: months.map((month) => ({ month, rows: 1 })), unplaced: [] },
    reportingTo: `${months.at(-1)}-28`,
  });

  it('takes each month once', () => {
    const chain = new MonthChain();
    chain.add('history.csv', history('2020-05', '2020-06'));
    chain.add('none.csv', one(''));
    chain.add('july.csv', one('2020-07-31'));
    expect(() => chain.add('again.csv', one('2020-06-30'))).toThrow(
      new MonthTwice('2020-06', ['history.csv', 'again.csv']),
    );
    expect(() => chain.add('copy.csv', history('2020-07', '2020-08'))).toThrow(
      /july.csv and copy.csv are both of 2020-07/,
    );
  });

  it('takes no month that is before those it has', () => {
    const chain = new MonthChain();
    chain.add('july.csv', one('2020-07-31'));
    expect(() => chain.add('may.csv', one('2020-05-31'))).toThrow(
      new MonthNotAfter('may.csv', '2020-05', { file: 'july.csv', month: '2020-07' }),
    );
  });
});
