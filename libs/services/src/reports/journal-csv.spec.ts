import { describe, expect, it } from '@jest/globals';
import { journalCsv } from './journal-csv.js';

const entry = (description: string) => ({
  id: 'deal/period/1/step/1',
  date: '2020-08-17',
  description,
  lines: [
    { account: 'account:collection', debit: 123_456_789n, credit: 0n },
    { account: 'account:pending-deposit', debit: 0n, credit: 123_456_789n },
  ],
});

describe('journal.csv', () => {
  it('has a row a line with the decimals of the cash', () => {
    // 123,456,789 base units at 10,000 a cent are 12,345 cents and 6,789 base units: 123.456789.
    expect(journalCsv([entry('Deposit')], 10_000n)).toBe(
      'entry,date,description,account,debit,credit\r\n' +
        'deal/period/1/step/1,2020-08-17,Deposit,account:collection,123.456789,\r\n' +
        'deal/period/1/step/1,2020-08-17,Deposit,account:pending-deposit,,123.456789\r\n',
    );
  });

  it('keeps books in cents at two decimals', () => {
    expect(journalCsv([entry('Deposit')], 1n)).toContain('1234567.89,\r\n');
  });

  it('quotes what RFC 4180 asks for, and never lets a text run as a formula', () => {
    const text = journalCsv([entry('Notes "A", issued'), { ...entry('=1+1'), id: 'x' }], 10_000n);
    expect(text).toContain('"Notes ""A"", issued"');
    expect(text).toContain("'=1+1");
  });
});
