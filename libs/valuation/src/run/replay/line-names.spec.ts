import { describe, expect, it } from '@jest/globals';
import { readCsv } from '../text/csv.js';
import { readLineNames, renameLines } from './line-names.js';

const table = (...lines: string[]) => readCsv(lines.join('\n'), 'x');
const NAMES = readLineNames(
  table(
    'name,line,sign',
    'Distribution Date,paymentDate,',
    'A-2 Balance,A2.closing,',
    'Change,A2.principalPaid,-',
    'WAC,,',
  ),
);

describe('names of the trustee’s own', () => {
  it('stand for columns of the wide form', () => {
    const wide = table(
      'Distribution Date,A-2 Balance,Change,WAC,A2.rate',
      '2011-08-15,100.00,(20.00),5.17 %,0.86 %',
      '2011-09-15,90.00,$ -10.00,5.17 %,0.86 %',
      '2011-10-17,90.00,-,5.17 %,0.86 %',
      '2011-11-15,95.00,5.00,5.17 %,0.86 %',
    );
    const { columns, rows } = renameLines(wide, NAMES);
    expect(columns).toEqual(['paymentDate', 'A2.closing', 'A2.principalPaid', 'A2.rate']);
    expect(rows.map(({ line, cells }) => [line, ...cells])).toEqual([
      [2, '2011-08-15', '100.00', '20.00', '0.86 %'],
      [3, '2011-09-15', '90.00', '10.00', '0.86 %'],
      [4, '2011-10-17', '90.00', '-', '0.86 %'],
      [5, '2011-11-15', '95.00', '-5.00', '0.86 %'],
    ]);
  });

  it('stand for lines of the long form', () => {
    const long = table(
      'Distribution Date,line,amount',
      '2011-08-15,Change,(20.00)',
      '2011-08-15,WAC,5.17 %',
      '2011-08-15,A2.opening,1.00',
    );
    expect(renameLines(long, NAMES)).toEqual({
      columns: ['paymentDate', 'line', 'amount'],
      rows: [
        { line: 2, cells: ['2011-08-15', 'A2.principalPaid', '20.00'] },
        { line: 4, cells: ['2011-08-15', 'A2.opening', '1.00'] },
      ],
    });
  });

  it('are refused with every fault', () => {
    const read = () => readLineNames(table('name,line,sign', 'a,A.closing,x', 'a,A.opening,'));
    expect(read).toThrow(/line 2: the sign is "x": give - or nothing/);
    expect(read).toThrow(/line 3: the name "a" stands twice/);
    expect(() => readLineNames(table('theirs,ours', 'a,b'))).toThrow(/it needs the columns "name" and "line"/);
  });
});
