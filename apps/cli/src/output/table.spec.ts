import { describe, expect, it } from '@jest/globals';
import { FILE_WIDTH, lineWidth, textTable } from './table.js';

describe('a table in text', () => {
  const columns = [
    { title: 'date' },
    { title: 'factor', right: true, dispensable: 2 },
    { title: 'opening', right: true, dispensable: 1 },
    { title: 'closing', right: true },
  ];
  const rows = [['2025-02-01', '0.625000', '800.00', '500.00']];

  it('has all its columns where they fit', () => {
    // 2 + 10, 2 + 8, 2 + 7 and 2 + 7 are forty columns.
    expect(textTable(columns, rows, 40).split('\n')).toEqual([
      '  date          factor  opening  closing',
      '  ──────────  ────────  ───────  ───────',
      '  2025-02-01  0.625000   800.00   500.00',
    ]);
  });

  it('leaves out what can be spared, the most dispensable first', () => {
    expect(textTable(columns, rows, 39).split('\n')[0]).toBe('  date        opening  closing');
    expect(textTable(columns, rows, 20).split('\n')[2]).toBe('  2025-02-01   500.00');
  });
});

describe('the width of lines', () => {
  it('is that of the terminal from 80 to 160 columns, and of files where there is none', () => {
    expect([60, 80, 132, 200].map((width) => lineWidth({ isTTY: true, columns: width }))).toEqual([80, 80, 132, 160]);
    expect(lineWidth({})).toBe(FILE_WIDTH);
  });
});
