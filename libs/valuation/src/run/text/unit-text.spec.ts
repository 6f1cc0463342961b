import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { UnitTextInvalid } from '../errors.js';
import { readCsv, writeCsv } from './csv.js';
import { readReported, readUnit, writeUnit } from './unit-text.js';

describe('values of a unit as text', () => {
  it.each([
    ['money', '1,234.50', 123_450n],
    ['money', '(12.5)', -1_250n],
    ['money', '-$3.00', -300n],
    ['money', '$-3.00', -300n],
    ['money', '$(1,234.50)', -123_450n],
    ['money', '($ 1,234.50)', -123_450n],
    ['money', '\u22123.00', -300n],
    ['money', '€ 3.00', 300n],
    ['money', '$ -', 0n],
    ['money', '\u2013', 0n],
    ['rate', '-', 0n],
    ['rate', '5.3 %', 53_000_000_000n],
    ['rate', '0.053', 53_000_000_000n],
    ['rate', '-45 bp', -4_500_000_000n],
    // Beyond twelve decimals half up: 0.0531234567895 becomes 0.053123456790.
    ['rate', '0.0531234567895', 53_123_456_790n],
    ['ratio', '12', 12_000_000_000_000n],
    ['date', '1970-01-11', 10n],
    ['flag', 'TRUE', 1n],
  ] as const)('%s %s', (unit, text, expected) => {
    expect(readUnit(unit, text)).toBe(expected);
  });

  it.each([
    ['money', '1.005'],
    ['money', '1,23.00'],
    ['money', ''],
    ['money', '$'],
    ['money', '--'],
    ['money', 'USD 3.00'],
    ['rate', '5,3 %'],
    ['date', '31.12.2024'],
    ['flag', '2'],
  ] as const)('refuses %s "%s"', (unit, text) => {
    expect(() => readUnit(unit, text)).toThrow(UnitTextInvalid);
  });

  it('refuses a reported rate that lacks its percent sign', () => {
    expect(() => readReported('rate', '5.33')).toThrow(
      '"5.33" is no rate: write 5.33 % (it would be 5.33 times 100 %)',
    );
    expect(() => readReported('rate', '-1')).toThrow(UnitTextInvalid);
    expect(readReported('rate', '0.0533')).toBe(53_300_000_000n);
    expect(readReported('rate', '533 %')).toBe(5_330_000_000_000n);
    expect(readReported('ratio', '5.33')).toBe(5_330_000_000_000n);
  });

  it('reads back what it writes', () => {
    const bound = 10n ** 20n;
    fc.assert(
      fc.property(fc.constantFrom('money', 'rate', 'ratio'), fc.bigInt(-bound, bound), (unit, value) => {
        expect(readUnit(unit, writeUnit(unit, value))).toBe(value);
      }),
    );
  });
});

describe('CSV', () => {
  it('reads quoted cells, and writes what it reads', () => {
    const rows = [
      ['a', 'b'],
      ['1,000.00', 'say "yes"'],
    ];
    expect(writeCsv(rows)).toBe('a,b\n"1,000.00","say ""yes"""\n');
    expect(readCsv(writeCsv(rows), 'x').rows).toEqual([{ line: 2, cells: rows[1] }]);
  });

  it('keeps a spreadsheet from running a text as a formula, and negative figures as figures', () => {
    const row = ['=1+1', '+x', '@x', '-x', '-12.50', '-0.5 %'];
    expect(writeCsv([row])).toBe("'=1+1,'+x,'@x,'-x,-12.50,-0.5 %\n");
  });

  it('reports every fault at once with its line', () => {
    const read = () => readCsv('a,a,\n1,2,3\n\n1,2\n', 'the file');
    expect(read).toThrow(/the column "a" stands twice/);
    expect(read).toThrow(/column 3 has no name/);
    expect(read).toThrow(/line 4 has 2 cells, the header 3/);
  });

  it('says where a quoted cell that is not ended begins', () => {
    expect(() => readCsv('a,b\n1,"2\n3,4\n', 'the file')).toThrow(
      /line 2: a cell that begins with a quotation mark is not ended by one/,
    );
  });

  it.each([
    [';', 'semicolons'],
    ['\t', 'tabs'],
    ['|', 'bars'],
  ])('says that cells parted by "%s" are to be parted by commas', (mark, name) => {
    expect(() => readCsv(`period${mark}A.closing\n1${mark}2.00\n`, 'the file')).toThrow(
      `its cells are parted by ${name}: part them by commas`,
    );
  });

  it('reads line ends of any system', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      expect(readCsv(['a,b', '1,2', ''].join(end), 'x').rows).toEqual([{ line: 2, cells: ['1', '2'] }]);
    }
  });
});
