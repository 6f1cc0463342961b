import { describe, expect, it } from '@jest/globals';
import { consumerRecord } from '../../testing/loan-record.js';
import type { Finding } from '../finding.js';
import { diffTapes } from './diff-tapes.js';
import { findingsCsv } from './findings-csv.js';

const finding = (more: Partial<Finding>): Finding => ({
  row: 2,
  column: 'balance',
  value: '1',
  rule: 'not-a-number',
  weight: 'blocks',
  message: 'm',
  remedy: 'r',
  ...more,
});

describe('findings as CSV', () => {
  it('have a header, quotes where needed, and nothing for what is not known', () => {
    const lines = [...findingsCsv([finding({ row: null, value: null, message: 'a, "b"\nc' })])];
    expect(lines).toEqual([
      'row,column,value,rule,weight,message,remedy\n',
      ',balance,,not-a-number,blocks,"a, ""b""\nc",r\n',
    ]);
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['+cmd|x', "'+cmd|x"],
    ['-2+3', "'-2+3"],
    ['\t=1', "'\t=1"],
    ['-12.50', '-12.50'],
    ['+7', '+7'],
    ['a=1', 'a=1'],
  ])('keep %j from running in a spreadsheet', (value, written) => {
    const [, line] = [...findingsCsv([finding({ value })])];
    expect(line?.split(',')[2]).toBe(written);
  });
});

describe('a corrected tape against the last', () => {
  const last = {
    records: [
      consumerRecord('a', { closingBalance: 100n, region: 'NC' }),
      consumerRecord('b', { closingBalance: null }, undefined, 3),
      consumerRecord('c', { closingBalance: 5n }, undefined, 4),
    ],
    findings: [
      finding({ row: 3, column: 'Balance' }),
      finding({ row: 4, rule: 'out-of-range' }),
      finding({ row: null, rule: 'rounded' }),
    ],
    // The file calls it otherwise; its cell was no number.
    columnOf: (field: string) => (field === 'closingBalance' ? 'Balance' : field),
  };
  const corrected = {
    records: [
      consumerRecord('b', { closingBalance: 70n }, undefined, 2),
      consumerRecord('a', { closingBalance: 100n, region: 'SC' }, undefined, 3),
      consumerRecord('d', { closingBalance: 1n }, undefined, 4),
    ],
    findings: [finding({ row: 3, rule: 'unknown-code' }), finding({ row: null, rule: 'rounded' })],
  };

  it('tells loans that came and went, values that changed, and findings that are resolved or new', () => {
    expect(diffTapes(last, corrected)).toEqual({
      added: ['d'],
      removed: ['c'],
      changes: [
        { key: 'b', row: 2, field: 'closingBalance', was: null, is: 70n, unread: { was: '1', is: null } },
        { key: 'a', row: 3, field: 'region', was: 'NC', is: 'SC', unread: { was: null, is: null } },
      ],
      changedValues: 2,
      changedLoans: 2,
      resolved: [last.findings[0], last.findings[1]],
      arisen: [corrected.findings[0]],
    });
  });

  it('that is the same changes nothing, wherever its rows stand', () => {
    const below = ({ row }: { row: number | null }) => ({ row: row === null ? null : row + 10 });
    const moved = {
      ...last,
      records: last.records.map((record) => ({ ...record, row: record.row + 10 })),
      findings: last.findings.map((one) => ({ ...one, ...below(one) })),
    };
    const { changedValues, added, removed } = diffTapes(last, moved);
    expect([changedValues, added, removed]).toEqual([0, [], []]);
  });
});
