import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { autoTape, type AutoRow } from '../auto-tape.fixture.js';
import { weir } from '../run-weir.fixture.js';
import { Folder } from '../tiny-deal.fixture.js';

// Each test starts processes, which a busy machine may be slow to do.
jest.setTimeout(120_000);

const loan = (assetNumber: string, month: '01' | '02', opening: string, closing: string, more: AutoRow = {}) => ({
  ...{ assetNumber, reportingPeriodBeginningDate: `${month}-01-2025` },
  ...{ reportingPeriodEndingDate: month === '01' ? '01-31-2025' : '02-28-2025' },
  ...{ reportingPeriodBeginningLoanBalanceAmount: opening, reportingPeriodActualEndBalanceAmount: closing },
  ...more,
});

/** Loan by loan, two months each: loan 2 opens February at 890.00, where January closed it at 900.00. */
const HISTORY = [
  loan('1', '01', '1000.00', '900.00'),
  loan('1', '02', '900.00', '800.00', { originationDate: '07/2024' }),
  loan('2', '01', '1000.00', '900.00'),
  loan('2', '02', '890.00', '790.00'),
];

const folder = new Folder();
let file = '';
beforeAll(async () => {
  await folder.open();
  file = await folder.file('history.csv', autoTape(...HISTORY));
});
afterAll(() => folder.close());

interface HistoryJson {
  readonly months: {
    readonly month: string;
    readonly rows: number;
    readonly findings: { rule: string; rows: number }[];
    readonly sums: Record<string, string>;
  }[];
  readonly vintages: { name: string; loans: number; months: { monthOnBook: number }[] }[];
}

describe('a tape file of several months', () => {
  it('is told month by month, each judged by those before it', async () => {
    const { code, out } = await weir('tape', file, '--key', 'assetNumber');
    expect(out).toContain('a history of 2 months, 2025-01 to 2025-02: 4 rows, 2 loan keys');
    // Closing 900.00 + 900.00, then 800.00 + 790.00.
    expect(out).toMatch(/2025-01 +2025-01-01 to 2025-01-31 +2 +1,800\.00 +0 +0 /);
    expect(out).toMatch(/2025-02 +2025-02-01 to 2025-02-28 +2 +1,590\.00 +0 +2 /);
    expect(out).toContain('opening-not-last-closing: 2025-02, row 5: opening 890.00 differs by -10.00');
    expect(code).toBe(0);
  });

  it('is data too, and its loans stay in the vintage that was stated first', async () => {
    const { out } = await weir('tape', file, '--key', 'assetNumber', '--json');
    const { months, vintages } = JSON.parse(out) as HistoryJson;
    expect(months.map(({ month, rows, findings }) => [month, rows, findings.map(({ rule }) => rule)])).toEqual([
      ['2025-01', 2, []],
      ['2025-02', 2, ['fact-changed', 'opening-not-last-closing']],
    ]);
    // Loan 1 says July 2024 in February; June 2024 is the second quarter, and January its month 7.
    expect(
      vintages.map(({ name, loans, months: curve }) => [name, loans, curve.map((one) => one.monthOnBook)]),
    ).toEqual([['2024-Q2', 2, [7, 8]]]);
  });

  it('is one month’s tape where --period names it', async () => {
    const { code, out } = await weir('tape', file, '--key', 'assetNumber', '--period', '2025-02');
    expect(out).toContain('2 rows, 2 loan keys, 2025-02-01 to 2025-02-28');
    expect(code).toBe(0);
    const none = await weir('tape', file, '--key', 'assetNumber', '--period', '2025-03');
    expect(none.code).toBe(2);
    expect(none.err).toContain('no row is of 2025-03: the file has 2025-01 to 2025-02');
    const wrong = await weir('tape', file, '--key', 'assetNumber', '--period', 'March');
    expect(wrong.err).toContain('a month, YYYY-MM');
  });

  it('is what a later tape is compared with, and has all its findings in one file', async () => {
    const march = loan('1', '02', '800.00', '700.00', {
      ...{ reportingPeriodBeginningDate: '03-01-2025', reportingPeriodEndingDate: '03-31-2025' },
      originationDate: '07/2024',
    });
    const tape = await folder.file('march.csv', autoTape(march));
    const { out } = await weir('tape', tape, '--key', 'assetNumber', '--before', file);
    expect(out).toContain('loan-vanished: loan 2 is not in this tape; on 2025-02-28 it stood at 790.00');
    const csv = folder.at('findings.csv');
    await weir('tape', file, '--key', 'assetNumber', '--findings', csv);
    const [head, ...rows] = (await readFile(csv, 'utf8')).trim().split('\n');
    expect(head).toMatch(/^month,row,column,/);
    expect(rows.map((row) => row.split(',').slice(0, 3))).toEqual([
      ['2025-02', '3', 'originationDate'],
      ['2025-02', '5', 'reportingPeriodBeginningLoanBalanceAmount'],
    ]);
  });

  it('with a row of no month is not whole', async () => {
    const odd = await folder.file('odd.csv', autoTape(...HISTORY, { ...HISTORY[0], reportingPeriodEndingDate: 'NA' }));
    const { code, out } = await weir('tape', odd, '--key', 'assetNumber');
    expect(code).toBe(1);
    expect(out).toContain('row 6 has no reportingPeriodEndingDate');
  });
});

describe('tapes of the months before', () => {
  it('are read in order of their months, each month once', async () => {
    const [january, february] = await Promise.all([
      folder.file('january.csv', autoTape(loan('1', '01', '1000.00', '900.00'))),
      folder.file('february.csv', autoTape(loan('1', '02', '900.00', '800.00'))),
    ]);
    const march = await folder.file(
      'march.csv',
      autoTape(
        loan('1', '02', '800.00', '700.00', {
          ...{ reportingPeriodBeginningDate: '03-01-2025', reportingPeriodEndingDate: '03-31-2025' },
        }),
      ),
    );
    const key = ['--key', 'assetNumber'];
    const turned = await weir('tape', march, ...key, '--before', february, january);
    expect(turned.err).toContain(
      `--before was not in order of months and is read as ${january} (2025-01), ${february} (2025-02)`,
    );
    // In their order each opens where the last closed: 900.00, then 800.00.
    expect(turned.out).not.toContain('opening-not-last-closing');
    expect((await weir('tape', march, ...key, '--before', january, february)).err).toBe('');
    const twice = await weir('tape', february, ...key, '--before', january, february);
    expect(twice.code).toBe(2);
    expect(twice.err).toContain(`${february} and ${february} are both of 2025-02`);
    const later = await weir('tape', january, ...key, '--before', february);
    expect(later.code).toBe(2);
    expect(later.err).toContain(
      `${january} is of 2025-01, and ${february}, which was to be before it, reaches 2025-02`,
    );
  });
});
