import { describe, expect, it } from '@jest/globals';
import { assetClassNamed, LOAN_VOCABULARY } from '../model/asset-classes.js';
import type { AssetClass } from '../model/field.js';
import { openTape } from '../source/open-tape.js';
import type { TapeSource } from '../source/source.js';
import { streamTape } from '../stream-tape.js';
import type { TapeResult } from '../tape-reader.js';
import { divideByMonth, monthOf } from './divide.js';
import { severalMonths } from './several-months.js';
import { ofRows } from '../../testing/of-rows.js';

const CONSUMER = assetClassNamed('consumer-loan') as AssetClass;
const READING = { assetClass: CONSUMER, loanKey: ['loanNumber'], mapping: null };
const COLUMNS = 'loanNumber,reportingPeriodBeginningDate,reportingPeriodEndingDate,closingBalance';

/** Loans A and B from 15 May to 14 July, loan by loan, and C in the last month alone. */
const ROWS = [
  'A,05-15-2020,06-14-2020,100.00',
  'A,06-15-2020,07-14-2020,90.00',
  'B,05-15-2020,06-14-2020,200.00',
  'B,06-15-2020,07-14-2020,180.00',
  'C,06-15-2020,07-14-2020,50.00',
];

const open = (rows: readonly string[]): Promise<TapeSource> =>
  openTape(new TextEncoder().encode([COLUMNS, ...rows, ''].join('\n')), { vocabulary: LOAN_VOCABULARY });

async function read(source: TapeSource): Promise<TapeResult> {
  const stream = streamTape(source, { ...READING, periodNeeded: false });
  for await (const batch of stream.batches()) void batch;
  return stream.result();
}

const MONTHS = [
  { month: '2020-06', rows: 2 },
  { month: '2020-07', rows: 3 },
];

describe('a file of several months', () => {
  it('is told by one finding, and no row of it is used', async () => {
    const result = await read(await open(ROWS));
    expect(result.several).toEqual({ months: MONTHS, unplaced: [] });
    expect(ofRows(result.findings)).toEqual([
      expect.objectContaining({
        row: null,
        column: 'reportingPeriodEndingDate',
        value: '2020-06 to 2020-07',
        rule: 'several-periods',
        weight: 'blocks',
        message: expect.stringContaining('2 reporting periods, 2020-06 to 2020-07, of 3 loans'),
        remedy: expect.stringContaining('YYYY-MM'),
      }),
    ]);
    expect([result.reportingFrom, result.reportingTo]).toEqual(['2020-05-15', '2020-07-14']);
    expect(result.blocked.map(({ row }) => row)).toEqual([2, 3, 4, 5, 6]);
  });

  it('names rows that are of no month', async () => {
    const { several, findings } = await read(await open([...ROWS, 'D,NA,NA,10.00', 'E,x']));
    expect(several?.unplaced).toEqual([7, 8]);
    expect(ofRows(findings).map(({ rule, row }) => [rule, row])).toEqual([
      ['several-periods', null],
      ['period-unstated', 7],
      ['row-shape', 8],
    ]);
  });

  it('is divided into tapes of a month each, rows keeping their places, in one pass or in several', async () => {
    for (const [mostCells, passes] of [
      [1_000, 1],
      [8, 2],
    ]) {
      let opened = 0;
      const again = (): Promise<TapeSource> => (opened++, open(ROWS));
      const division = { ...READING, months: MONTHS, columns: 4, mostCells: mostCells ?? 0 };
      const found: [string, bigint | undefined, string, number[]][] = [];
      for await (const { month, source } of divideByMonth(again, division)) {
        const rows: number[] = [];
        const stream = streamTape(source, { ...READING, periodNeeded: false });
        for await (const batch of stream.batches()) rows.push(...batch.map(({ row }) => row));
        const result = stream.result();
        expect([result.several, ofRows(result.findings)]).toEqual([null, []]);
        found.push([month, result.sums['closingBalance'], result.reportingTo, rows]);
      }
      expect(opened).toBe(passes);
      // 100.00 + 200.00; 90.00 + 180.00 + 50.00.
      expect(found).toEqual([
        ['2020-06', 30_000n, '2020-06-14', [2, 4]],
        ['2020-07', 32_000n, '2020-07-14', [3, 5, 6]],
      ]);
    }
  });

  it('gives the month that is asked for, or says which there are', async () => {
    const { distinctKeys, sums } = await read(monthOf(await open(ROWS), READING, '2020-06'));
    expect([distinctKeys, sums['closingBalance']]).toEqual([2, 30_000n]);
    await expect(read(monthOf(await open(ROWS), READING, '2020-08'))).rejects.toThrow(
      'no row is of 2020-08: the file has 2020-06 to 2020-07',
    );
  });
});

describe('one month’s tape', () => {
  /** Rows by period from [last day, rows] pairs. */
  const periods = (...of: [string, number[]][]) => new Map(of.map(([to, rows]) => [`2020-01-01 ${to}`, { rows }]));
  const range = (from: number, count: number): number[] => Array.from({ length: count }, (_, index) => from + index);

  it('may hold slips: a row or a few of another month', () => {
    expect(severalMonths(periods(['2020-07-31', [2, 3]], ['2020-08-31', [4]]), [])).toEqual([]);
    // 4 of 104 rows are of another month, though two of them are loans of July too.
    const few = periods(['2020-07-31', range(2, 100)], ['2020-08-31', range(102, 4)]);
    expect(
      severalMonths(few, [
        [2, 102],
        [3, 103],
        [4, 104],
      ]),
    ).toEqual([]);
    expect(severalMonths(periods(['2020-07-31', [2]]), [])).toEqual([]);
  });

  it('may have periods that end on different days of the month', () => {
    expect(severalMonths(periods(['2020-07-30', [2]], ['2020-07-31', [3, 4]]), [[2, 3]])).toEqual([]);
  });

  it('is not what holds other loans in each of several large months', () => {
    const large = periods(['2020-07-31', range(2, 20)], ['2020-06-30', range(22, 10)]);
    expect(severalMonths(large, []).map(({ month, rows }) => [month, rows])).toEqual([
      ['2020-06', 10],
      ['2020-07', 20],
    ]);
    expect(severalMonths(periods(['2020-07-31', range(2, 20)], ['2020-06-30', range(22, 9)]), [])).toEqual([]);
  });
});
