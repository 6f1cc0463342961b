import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { weir } from '../run-weir.fixture.js';
import { Folder, TINY } from '../tiny-deal.fixture.js';
import { workbook } from '../workbook.fixture.js';

// Each test starts a process, which a busy machine may be slow to do.
jest.setTimeout(300_000);

/** Invoices at the end of December: 600.00 due in January, 400.00 in March, and one that is paid. */
const INVOICES = `invoiceNumber,debtorNumber,reportingPeriodEndingDate,invoiceDate,dueDate,outstandingAmount
1,A,12-31-2024,12-01-2024,01-15-2025,600.00
2,B,12-31-2024,12-20-2024,03-20-2025,400.00
3,B,12-31-2024,11-20-2024,12-20-2024,0.00
`;

const folder = new Folder();
beforeAll(() => folder.open());
afterAll(() => folder.close());

describe('weir project of a tape of another class than automobile loans', () => {
  it('takes every loan with the terms of its class', async () => {
    const [deal, tape] = [await folder.file('deal.yaml', TINY), await folder.file('invoices.csv', INVOICES)];
    const { code, out, err } = await weir('project', deal, '--tape', tape, '--assume-zero', '--json');
    expect(err).toBe('');
    expect(code).toBe(0);
    const { scenarios } = JSON.parse(out) as { scenarios: { collateral: Record<string, string[]> }[] };
    expect(scenarios[0]?.collateral).toMatchObject({
      poolOpening: ['1000.00', '400.00', '400.00'],
      principalCollected: ['600.00', '0.00', '400.00'],
    });
  });

  it('takes a tape under a servicer’s own column names by its mapping, which may state no period', async () => {
    const columns = [
      { column: 'Rechnung', field: 'invoiceNumber', unit: null },
      { column: 'Fällig', field: 'dueDate', unit: { kind: 'date', patterns: ['DD.MM.YYYY'] } },
      {
        column: 'TEUR',
        field: 'outstandingAmount',
        unit: { kind: 'number', decimal: ',', thousands: '', scale: 'thousands', negative: 'minus' },
      },
    ];
    const deal = await folder.file('deal.yaml', TINY);
    const tape = await folder.file(
      'offen.csv',
      'Rechnung;Fällig;TEUR\n1;15.01.2025;0,6\n2;20.03.2025;0,4\nSumme;;1,0\n',
    );
    const mapping = await folder.file('map.json', JSON.stringify({ form: 1, assetClass: 'trade-receivable', columns }));
    const given = ['--tape', tape, '--mapping', mapping, '--assume-zero', '--json'];
    const { code, out, err } = await weir('project', deal, ...given);
    // The row of totals is no loan, which is told.
    expect(err).toContain('1 of 3 rows are blocked and left out; the first, Rechnung: row 4 is a row of totals');
    expect(code).toBe(0);
    const { scenarios } = JSON.parse(out) as { scenarios: { collateral: Record<string, string[]> }[] };
    expect(scenarios[0]?.collateral).toMatchObject({
      poolOpening: ['1000.00', '400.00', '400.00'],
      principalCollected: ['600.00', '0.00', '400.00'],
    });
    // A set of scenarios takes the same tape by the same mapping: its 1,000.00 repay class A, and
    // class B bears what interest and servicing take of them, for invoices pay no interest.
    const set = await folder.file('set.yaml', 'prepayment: none\n');
    const one = await weir('scenarios', deal, ...given.slice(0, -1), '--set', set, '--csv');
    expect(one.err.match(/weir:.*/g)).toEqual([expect.stringContaining('row of totals')]);
    const [head = '', row = ''] = one.out.split('\n');
    const figures = Object.fromEntries(head.split(',').map((name, at) => [name, row.split(',')[at]]));
    expect(figures).toMatchObject({ 'A.principal': '800.00' });
  });

  it('tells a tape that is years older than what is projected', async () => {
    const deal = await folder.file('deal.yaml', TINY);
    const tape = await folder.file('old.csv', INVOICES.replaceAll('12-31-2024', '06-30-2018'));
    const { code, err } = await weir('project', deal, '--tape', tape, '--assume-zero', '--json');
    expect(code).toBe(0);
    // From the end of June 2018 to that of December 2024, before January 2025: 6 years and 6 months.
    expect(err).toContain('is of 2018-06, and the projection begins with 2025-01');
    expect(err).toContain('78 months of payments');
  });

  it('takes sheet, class and period as weir tape does', async () => {
    const [head = '', ...rows] = INVOICES.split('\n');
    // The same invoices a month before, under another sheet's name, and both months in a third.
    const before = INVOICES.replaceAll('12-31-2024', '11-30-2024').replace(',600.00', ',700.00');
    const both = [head, ...before.trimEnd().split('\n').slice(1), ...rows].join('\n');
    const file = folder.at('invoices.xlsx');
    await writeFile(file, await workbook({ December: INVOICES, November: before, Both: both }));
    const deal = await folder.file('deal.yaml', TINY);
    const project = (...options: string[]) =>
      weir('project', deal, '--tape', file, ...options, '--assume-zero', '--json');
    const opening = (out: string): string | undefined =>
      (JSON.parse(out) as { scenarios: { collateral: Record<string, string[]> }[] }).scenarios[0]?.collateral[
        'poolOpening'
      ]?.[0];
    expect((await project()).err).toContain('"December", "November", "Both"');
    expect(opening((await project('--sheet', 'December')).out)).toBe('1000.00');
    expect((await project('--sheet', 'Both')).err).toContain(
      'holds 2 periods, 2024-11 to 2024-12: name one by --period YYYY-MM',
    );
    expect(opening((await project('--sheet', 'Both', '--period', '2024-11')).out)).toBe('1100.00');
    expect((await project('--sheet', 'December', '--class', 'consumer-loan')).err).toContain('loanNumber');
    expect((await project('--sheet', 'December', '--class', 'cars')).err).toContain('trade-receivable');
    const solved = await weir(
      ...['solve', deal, '--tape', file, '--sheet', 'December', '--assume-zero', '--json'],
      ...['--for', 'scenario.severity', '--until', 'total(A.principalPaid) >= 1.00'],
    );
    expect(solved.err).toBe('');
    const stray = await weir('project', deal, '--pool', folder.at('none.csv'), '--sheet', 'December');
    expect(stray.err).toContain('--sheet says how a --tape is read');
  });

  it('refuses a tape whose every row is blocked by row, column and what to do, and says which rows it leaves out', async () => {
    const deal = await folder.file('deal.yaml', TINY);
    const columns = 'loanNumber,reportingPeriodEndingDate,maturityDate,originalLoanAmount,interestRate,closingBalance';
    const loan = (index: number, amount: string, balance: string): string =>
      `${index},12-31-2024,06-30-2026,${amount},0.06,${balance}`;
    const tapeOf = (amount: string, balance: string, last = balance): string =>
      `${[columns, ...Array.from({ length: 12 }, (_, index) => loan(index, amount, index === 11 ? last : balance))].join('\n')}\n`;
    // 12 loans of 20,000.00, in cents.
    const cents = await folder.file('cents.csv', tapeOf('2000000', '1900000'));
    const refused = await weir('project', deal, '--tape', cents, '--assume-zero', '--json');
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('all 12 rows are blocked');
    expect(refused.err).toContain('row 2, column originalLoanAmount: originalLoanAmount');
    expect(refused.err).toContain('(unit-in-doubt): propose a mapping');
    // A mapping that says "whole" as every proposal does is no answer to it.
    const unit = { kind: 'number', decimal: '.', thousands: '', scale: 'whole', negative: 'minus' };
    const mapped = columns.split(',').map((column) => ({
      ...{ column, field: column, unit: /Amount|Balance/.test(column) ? unit : null },
    }));
    const form = { form: 1, assetClass: 'consumer-loan', columns: mapped };
    const mapping = await folder.file('cents.json', JSON.stringify(form));
    const confirmed = await weir('project', deal, '--tape', cents, '--mapping', mapping, '--assume-zero', '--json');
    expect(confirmed.code).toBe(2);
    expect(confirmed.err).toMatch(/row 2 reads 2000000 \(unit-in-doubt\): .*"stated": \[250000, 16000000\]/);
    const odd = await folder.file('odd.csv', tapeOf('20000.00', '19000.00', 'many'));
    const left = await weir('project', deal, '--tape', odd, '--assume-zero', '--json');
    expect(left.code).toBe(0);
    expect(left.err).toContain('1 of 12 rows are blocked and left out; the first, closingBalance: row 13:');
  });

  it('names loans that tell too little to be projected, and refuses to leave out many', async () => {
    const deal = await folder.file('deal.yaml', TINY);
    const tape = await folder.file(
      'open.csv',
      'loanNumber,reportingPeriodEndingDate,maturityDate,interestRate,closingBalance\n' +
        'A,12-31-2024,06-30-2026,0.06,600.00\nB,12-31-2024,06-30-2026,NA,300.00\nC,12-31-2024,06-30-2026,6.87,100.00\n',
    );
    const project = (...more: string[]) => weir('project', deal, '--tape', tape, '--assume-zero', '--json', ...more);
    const refused = await project();
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('2 of 3 loans, 400.00 of 1,000.00 (40.00 %), cannot be projected');
    expect(refused.err).toContain('leave them out by --leave-out 40');
    expect(refused.err).toContain(
      '  row 3, loan B, balance 300.00: interestRate reads NA; it lacks a rate from 0 up to',
    );
    expect(refused.err).toContain(
      '  row 4, loan C, balance 100.00: interestRate reads 6.87; it lacks a rate from 0 up to',
    );
    const left = await project('--leave-out', '40');
    expect(left.code).toBe(0);
    expect(left.err).toContain('row 4, loan C, balance 100.00');
    const { leftOut } = JSON.parse(left.out) as { leftOut: object[] };
    const rate = { column: 'interestRate', lacks: 'a rate from 0 up to 100 % a year' };
    expect(leftOut).toEqual([
      { ...rate, key: 'B', row: 3, value: 'NA', balance: '300.00' },
      { ...rate, key: 'C', row: 4, value: '6.87', balance: '100.00' },
    ]);
    expect((await project('--leave-out', 'all')).err).toContain('a share in percent from 0 to 100');
  });
});
