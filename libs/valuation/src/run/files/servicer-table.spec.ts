import { describe, expect, it } from '@jest/globals';
import { InputInvalid } from '../errors.js';
import { readLineNames } from '../replay/line-names.js';
import { readCsv } from '../text/csv.js';
import { readServicerTable } from './servicer-table.js';

const named = (...lines: string[]) =>
  readLineNames(readCsv(['name,item,sign', ...lines].join('\n'), 'names'), 'names', 'item');
const isItem = (name: string): boolean => ['period', 'paymentDate', 'pool', 'rate', 'losses'].includes(name);
const read = (names: ReturnType<typeof named>, ...lines: string[]) =>
  readServicerTable(lines.join('\n'), 'servicer.csv', names, isItem);

const NAMES = named(
  'Distribution Date,paymentDate,',
  'Pool Balance,pool,',
  'WAC,rate,',
  'Net Losses,losses,-',
  'Remarks,,',
);

describe('a servicer’s table with names of its own', () => {
  it('names columns below titles; what nothing is made of is named', () => {
    const { table, unused } = read(
      NAMES,
      'Auto Trust 2025-1',
      'Servicer’s certificate,,,Pool Balance and more',
      'Distribution Date,Pool Balance,WAC,Loans,Net Losses,Remarks,Trucks',
      '02/15/25,"$1,000.00",5.3 %,71,(12.00),none,3',
      '03/15/25,900.00,5.2 %,70,3.00,,4',
      'Prepared by the servicer',
    );
    expect(table.columns).toEqual(['paymentDate', 'pool', 'rate', 'losses']);
    expect(table.rows).toEqual([
      { line: 4, cells: ['02/15/25', '$1,000.00', '5.3 %', '12.00'] },
      { line: 5, cells: ['03/15/25', '900.00', '5.2 %', '-3.00'] },
    ]);
    expect(unused).toEqual(['Loans', 'Trucks']);
  });

  it('names rows, with a column a payment date', () => {
    const { table, unused } = read(
      NAMES,
      'Auto Trust 2025-1,,',
      'I,Distribution Date,02/15/25,03/15/25',
      'II,Pool Balance,1000.00,900.00',
      'III,Loans,71,70',
      'IV,losses,1.00,2.00',
    );
    expect(table.columns).toEqual(['paymentDate', 'pool', 'losses']);
    expect(table.rows.map(({ cells }) => cells)).toEqual([
      ['02/15/25', '1000.00', '1.00'],
      ['03/15/25', '900.00', '2.00'],
    ]);
    expect(unused).toEqual(['Loans']);
  });

  it('names items in a column of their own', () => {
    const names = named(
      'Date,paymentDate,',
      'Field,item,',
      'Figure,amount,',
      'Pool Balance,pool,',
      'Net Losses,losses,-',
    );
    const { table, unused } = read(
      names,
      'Date,Field,Figure,Source',
      '02/15/25,Pool Balance,1000.00,a',
      '02/15/25,Loans,71,a',
      '02/15/25,Net Losses,1.00,b',
      '03/15/25,Pool Balance,900.00,a',
      '03/15/25,Net Losses,(2.00),b',
    );
    expect(table.columns).toEqual(['paymentDate', 'pool', 'losses']);
    expect(table.rows.map(({ cells }) => cells)).toEqual([
      ['02/15/25', '1000.00', '-1.00'],
      ['03/15/25', '900.00', '2.00'],
    ]);
    expect(unused).toEqual(['Source', 'Loans']);
  });

  it('is refused when no name stands in it, or two stand for one item', () => {
    expect(() => read(named('Balance,pool,'), 'Date,Pool', '2025-02-15,1.00')).toThrow(InputInvalid);
    expect(() => read(named('Balance,pool,'), 'paymentDate,Balance,pool', '2025-02-15,1.00,1.00')).toThrow(
      '"Balance" and "pool" both stand for pool',
    );
  });
});
