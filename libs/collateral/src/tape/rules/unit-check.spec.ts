import { describe, expect, it } from '@jest/globals';
import type { DatePattern, NumberUnit, Unit } from '../mapping/mapping.js';
import { assetClassNamed } from '../model/asset-classes.js';
import type { AssetClass } from '../model/field.js';
import { TapeReader } from '../tape-reader.js';

const CONSUMER = assetClassNamed('consumer-loan') as AssetClass;
const scaled = (scale: NumberUnit['scale']): Unit => ({
  ...{ kind: 'number', decimal: '.', thousands: '', negative: 'minus' },
  scale,
});
const dated = (pattern: DatePattern): Unit => ({ kind: 'date', patterns: [pattern] });

/** What is said of the units of a column with these cells, repeated over the rows, beside a key and a balance. */
function said(field: string, cells: string[], unit: Unit | null, standard = false, rows = 12): string[] {
  const columns = [
    { column: 'loanNumber', field: 'loanNumber', unit: null },
    { column: 'closingBalance', field: 'closingBalance', unit: null },
    { column: standard ? field : 'it', field, unit },
  ];
  const mapping = standard ? null : ({ form: 1, assetClass: 'consumer-loan', columns } as const);
  const source = { columns: columns.map(({ column }) => column), headerRow: 1 };
  const reader = new TapeReader(source, {
    ...{ assetClass: CONSUMER, loanKey: ['loanNumber'], mapping, periodNeeded: false },
  });
  for (let row = 0; row < rows; row++)
    reader.read({ row: row + 2, cells: [`L${row}`, '1000.00', cells[row % cells.length] ?? ''] });
  return reader
    .finish()
    .findings.filter(({ rule }) => rule === 'unit-differs' || rule === 'unit-in-doubt')
    .map(({ message, row }) => `${row}: ${message}`);
}

describe('a column that is not written as it is read', () => {
  it.each<[string, string, string[], Unit | null, RegExp]>([
    ['fractions under percentages', 'interestRate', ['0.055', '0.0425'], scaled('percentage'), /look like fractions/],
    ['percentages under fractions', 'interestRate', ['5.5', '4.25'], scaled('fraction'), /look like percentages/],
    [
      'some fractions',
      'interestRate',
      ['5.5', '4.25', '0.05'],
      scaled('percentage'),
      /4 of 12 .* smaller .*; row 4 reads 0.05/,
    ],
    ['decimals under cents', 'originalLoanAmount', ['1200.50'], scaled('cents'), /12 of 12 cells have decimals/],
    ['cents under whole', 'originalLoanAmount', ['12345000'], scaled('whole'), /look like cents/],
    ['days first', 'originationDate', ['25/03/2020', '01/02/2020'], dated('MM/DD/YYYY'), /look like DD\/MM\/YYYY/],
    ['months first', 'originationDate', ['03/25/2020', '01/02/2020'], dated('DD/MM/YYYY'), /look like MM\/DD\/YYYY/],
  ])('is told by the first cell that differs, and how many do: %s', (_, field, cells, unit, message) => {
    expect(said(field, cells, unit)).toEqual([expect.stringMatching(message)]);
    expect(said(field, cells, unit)[0]).toMatch(/^[24]: it .* of 12 cells .*; row [24] reads /);
  });

  it('is told of standard names too', () => {
    // Read as 550 % and 425 %, which nobody confirmed: the example is the first row.
    expect(said('interestRate', ['5.5', '4.25'], null, true)).toEqual([
      '2: interestRate is read as fractions, but its cells look like percentages (12 of 12 cells looked at); row 2 reads 5.5',
    ]);
    const days = ['25-03-2020', '01-02-2020'];
    expect(said('originationDate', days, null, true)).toEqual([expect.stringContaining('look like DD-MM-YYYY')]);
  });

  it.each<[string, string, string[], Unit | null]>([
    ['rates as mapped', 'interestRate', ['5.5', '0', '29.9'], scaled('percentage')],
    ['percent signs', 'interestRate', ['5.5%', '0.9%'], scaled('percentage')],
    ['days that do not tell', 'originationDate', ['03/05/2020', '01/02/2020'], dated('DD/MM/YYYY')],
    ['whole amounts', 'originalLoanAmount', ['12000', '15000'], scaled('whole')],
    ['cents', 'originalLoanAmount', ['1200000', '1500000'], scaled('cents')],
  ])('says nothing of %s', (_, field, cells, unit) => expect(said(field, cells, unit)).toEqual([]));
});

describe('a column that changes far into the file', () => {
  const many = (count: number, ...cells: string[]): string[] =>
    Array.from({ length: count }, (_, index) => cells[index % cells.length] ?? '');
  const whole = (field: string, cells: string[], unit: Unit | null): string[] =>
    said(field, cells, unit, false, cells.length);

  it('is counted in every row where a rate is of the other scale', () => {
    const cells = [...many(5_000, '5.5', '4.25', '0', ''), '0.055', ...many(1_000, '6.5')];
    // 1,250 of the first 5,000 cells are empty.
    expect(whole('interestRate', cells, scaled('percentage'))).toEqual([
      '5002: it is read as percentages, but 1 of 4751 cells are about a hundred times smaller than the others; row 5002 reads 0.055',
    ]);
    expect(whole('interestRate', [...many(300, '0.055'), ...many(900, '5.5')], scaled('fraction'))).toEqual([
      '302: it is read as fractions, but 900 of 1200 cells are about a hundred times larger than the others; row 302 reads 5.5',
    ]);
  });

  it('is counted of cells without a percent sign beside those with one', () => {
    const cells = [...many(600, '5.5%', '4.25%'), ...many(400, '0.055', '0.0425')];
    expect(whole('interestRate', cells, scaled('percentage'))).toEqual([
      '602: it is read as percentages, but 400 of 1000 cells are about a hundred times smaller than the others; row 602 reads 0.055',
    ]);
  });

  it('is found by one cell where cents have decimals', () => {
    const cells = [...many(3_000, '1200000'), '12000.50', ...many(3_000, '1200000')];
    expect(whole('originalLoanAmount', cells, scaled('cents'))).toEqual([expect.stringContaining('have decimals')]);
  });

  it('is found in a sample over the whole length, with its place', () => {
    const amounts = [...many(1_000, '12000', '15000'), ...many(1_000, '12345000')];
    expect(whole('originalLoanAmount', amounts, scaled('whole'))).toEqual([
      expect.stringMatching(
        /look like cents \(100 of 100 cells looked at of rows (1\d{3}) to [12]\d{3}\); row \1 reads 12345000$/,
      ),
    ]);
    const days = [...many(900, '03/25/2020', '01/02/2020'), ...many(900, '25/03/2020')];
    expect(whole('originationDate', days, dated('MM/DD/YYYY'))).toEqual([
      expect.stringMatching(
        /look like DD\/MM\/YYYY: .* looked at of rows \d+ to 1[78]\d\d\); row 1?\d{3} reads 25\/03\/2020$/,
      ),
    ]);
  });

  it.each<[string, string, string[], Unit]>([
    ['rates', 'interestRate', ['5.5', '0.9%', '29.9'], scaled('percentage')],
    ['dates', 'originationDate', ['03/25/2020', '01/02/2020'], dated('MM/DD/YYYY')],
    ['amounts', 'originalLoanAmount', ['12000', '950.50'], scaled('whole')],
  ])('is not told of what stays as it is: %s', (_, field, cells, unit) => {
    expect(whole(field, many(2_500, ...cells), unit)).toEqual([]);
  });
});

describe('a unit that a mapping says', () => {
  it('blocks where nothing tells that a rate is in it, until the mapping states it', () => {
    // A quarter of a percent, or 25 %: both are usual.
    const found = said('interestRate', ['0.25', '0.19'], scaled('percentage'));
    expect(found).toEqual([expect.stringMatching(/nothing tells that it is so: the median is 0.25: .* which is it\?/)]);
    const stated = { ...scaled('percentage'), stated: [0.03, 2] } as NumberUnit;
    expect(said('interestRate', ['0.25', '0.19'], stated)[0]).toMatch(/and the mapping states that it is so$/);
    expect(said('interestRate', ['0.25', '0.19'], null, true)).toEqual([]);
  });

  it('is doubted of few rates that all would be below a tenth of a percent', () => {
    expect(said('interestRate', ['0.055'], scaled('percentage'), false, 2)).toEqual([]);
    expect(said('interestRate', ['0.055'], scaled('percentage'), false, 3)).toEqual([
      '2: it is read as percentages, but its cells look like fractions (3 of 3 cells looked at); row 2 reads 0.055',
    ]);
  });
});
