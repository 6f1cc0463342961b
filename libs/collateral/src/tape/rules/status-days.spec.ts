import { describe, expect, it } from '@jest/globals';
import type { Mapping, Unit } from '../mapping/mapping.js';
import { proposeMapping } from '../mapping/propose.js';
import { daysOfBucket, daysOfStatus } from '../mapping/status-days.js';
import { assetClassNamed } from '../model/asset-classes.js';
import type { AssetClass } from '../model/field.js';
import { TapeReader } from '../tape-reader.js';

describe('days past due of a status', () => {
  it.each([
    ...[
      ['30-59', '30'],
      ['Late (31-120 days)', '31'],
      ['60 to 89', '60'],
      ['1-29 days past due', '1'],
      ['30–59 Tage', '30'],
    ],
    ...[
      ['Current', '0'],
      ['CURRENT (0-29)', '0'],
      ['Fully Paid', '0'],
      ['laufend', '0'],
      ['<30', '0'],
      ['In Grace Period', '1'],
    ],
    ...[
      ['120+', '120'],
      ['>90', '91'],
      ['over 120', '121'],
      ['90 and over', '90'],
      ['≥ 120', '120'],
      ['45 DPD', '45'],
    ],
    ...[
      ['2 payments', '60'],
      ['1 month past due', '30'],
    ],
    ...[
      ['Charged off', '120'],
      ['charge-off', '120'],
      ['Default', '120'],
      ['Written Off', '120'],
      ['gekündigt', '120'],
    ],
    ...[
      ['Late', null],
      ['Active', null],
      ['Non-performing', null],
      ['Unpaid', null],
      ['', null],
      ['30', null],
      ['A2', null],
    ],
  ])('%s is %s', (status, days) => expect(daysOfStatus(status as string)).toBe(days));

  it('of a column of nothing else is a number alone too', () => {
    expect(daysOfBucket('30')).toBe('30');
    expect(daysOfBucket('60-89')).toBe('60');
  });
});

/** Reads loans of one status each. @param more columns beside them */
function read(
  className: string,
  statusField: string,
  statuses: readonly string[],
  more: Readonly<Record<string, [string, Unit | null]>> = {},
) {
  const assetClass = assetClassNamed(className) as AssetClass;
  const fieldOf = (role: string): string => assetClass.fields.find((field) => field.role === role)?.name ?? '';
  const mapping: Mapping = {
    form: 1,
    assetClass: className,
    columns: [
      { column: 'Id', field: fieldOf('key'), unit: null },
      { column: 'Bal', field: fieldOf('closing'), unit: null },
      { column: 'State of account', field: statusField, unit: null },
      ...Object.entries(more).map(([column, [, unit]]) => ({ column, field: fieldOf('daysPastDue'), unit })),
    ],
  };
  const columns = mapping.columns.map(({ column }) => column);
  const reader = new TapeReader(
    { columns, headerRow: 1 },
    { assetClass, loanKey: [fieldOf('key')], mapping, periodNeeded: false },
  );
  const beside = Object.values(more).map(([cell]) => cell);
  const rows = statuses.map((status, index) =>
    reader.read({ row: index + 2, cells: [`L${index}`, '100.00', status, ...beside] }),
  );
  const { findings, blocked, lacking } = reader.finish();
  const days = rows.map((row) => reader.named(row).values[fieldOf('daysPastDue')]);
  return { days, loans: rows.map(({ loan }) => loan), findings, blocked, lacking };
}

describe('days past due that no column states', () => {
  const told = (findings: readonly { rule: string }[]) => findings.filter(({ rule }) => rule === 'days-reckoned');

  it('are the least that the status says, and told once as reckoned', () => {
    const { days, findings, blocked, lacking } = read('consumer-loan', 'loanStatus', [
      'Current',
      '30-59',
      '120+',
      'Charged off',
      'Late',
      '',
    ]);
    expect(days).toEqual([0, 30, 120, 120, null, null]);
    expect(blocked).toEqual([]);
    expect(told(findings)).toMatchObject([{ row: null, column: 'State of account', weight: 'warns', value: 'Late' }]);
    expect(findings.find(({ rule }) => rule === 'days-reckoned')?.message).toContain('in 4 rows');
    expect(findings.find(({ rule }) => rule === 'days-reckoned')?.message).toContain(
      '1 row says no days and counts as current, the first of them row 6 ("Late")',
    );
    expect(findings.some(({ rule }) => rule === 'suspicious-days-past-due')).toBe(false);
    expect(findings.some(({ rule, column }) => rule === 'missing-column' && column === 'daysPastDue')).toBe(false);
    // They are as good as a column of them by no means.
    expect(lacking).toContain('daysPastDue');
  });

  it('are those of an automobile loan too', () => {
    const { loans } = read('auto-loan', 'loanStatus', ['60-89', 'Current']);
    expect(loans.map((loan) => loan?.daysPastDue)).toEqual([60, 0]);
  });

  it('are not reckoned where no status says any, nor where a column states them', () => {
    const silent = read('consumer-loan', 'loanStatus', ['Active', 'Active']);
    expect(told(silent.findings)).toEqual([]);
    expect(silent.lacking).toContain('daysPastDue');
    const stated = read('consumer-loan', 'loanStatus', ['30-59'], { DPD: ['45', null] });
    expect(stated.days).toEqual([45]);
    expect(told(stated.findings)).toEqual([]);
  });

  it('are read of a column of buckets that a mapping names as such', () => {
    const { days, findings } = read('consumer-loan', 'loanStatus', ['Open'], { Bucket: ['90+', { kind: 'bucket' }] });
    expect(days).toEqual([90]);
    expect(told(findings)).toEqual([]);
  });

  it('are proposed to be such a column by its name and its cells', () => {
    const head = ['Current', '30-59', '120+'].map((bucket, index) => ({
      row: index + 2,
      line: index + 2,
      cells: [`L${index}`, '100.00', bucket],
    }));
    const { columns } = proposeMapping(['Loan No', 'Balance', 'Delinquency Bucket'], head, {
      assetClass: assetClassNamed('consumer-loan') as AssetClass,
    });
    expect(columns[2]).toMatchObject({ field: 'daysPastDue', unit: { kind: 'bucket' }, doubt: null });
    const numbers = [...head, { row: 5, line: 5, cells: ['L4', '100.00', '30'] }].map((record) => ({
      ...record,
      cells: [...record.cells.slice(0, 2), record.cells[2] === 'Current' ? '0' : '30'],
    }));
    const plain = proposeMapping(['Loan No', 'Balance', 'DPD'], numbers, {
      assetClass: assetClassNamed('consumer-loan') as AssetClass,
    });
    expect(plain.columns[2]?.unit).toMatchObject({ kind: 'number' });
  });
});
