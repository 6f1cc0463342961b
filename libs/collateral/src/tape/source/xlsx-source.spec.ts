import { describe, expect, it } from '@jest/globals';
import { archiveOf, smallWorkbook } from '../../testing/small-workbook.js';
import { LOAN_VOCABULARY } from '../model/asset-classes.js';
import { openTape } from './open-tape.js';
import { dateOfSerial, plainNumber } from './xlsx-cell.js';
import { isDateFormat, isPercentFormat } from './xlsx-parts.js';

const open = (bytes: Uint8Array, more = {}) => openTape(bytes, { vocabulary: LOAN_VOCABULARY, ...more });
async function read(bytes: Uint8Array, more = {}) {
  const source = await open(bytes, more);
  const records = [];
  for await (const batch of source.records()) records.push(...batch);
  return { source, records };
}
const HEADER = ['loan id', 'current balance', 'origination date'];
const xml = (text: string) => ({ xml: text });

describe('workbooks', () => {
  it('give texts, numbers in plain decimals, flags, errors and dates by their number format', async () => {
    const row = [
      xml('<c t="s"><v>0</v></c>'),
      xml('<c><v>5.3900000000000003E-2</v></c>'),
      xml('<c s="1"><v>44013</v></c>'),
    ];
    const second = [
      xml('<c t="b"><v>1</v></c>'),
      xml('<c t="e"><v>#REF!</v></c>'),
      xml('<c s="2"><v>44013.75</v></c>'),
    ];
    const { source, records } = await read(
      await smallWorkbook([{ name: 'Tape', rows: [HEADER, row, second] }], { texts: ['A-1 & co'] }),
    );
    expect(source.format).toBe('xlsx');
    // 44013 is 1 July 2020: 43831 is 1 January 2020, and 182 days of a leap year lie between.
    expect(records).toEqual([
      { row: 2, cells: ['A-1 & co', '0.0539', '2020-07-01'] },
      { row: 3, cells: ['true', '#REF!', '2020-07-01'] },
    ]);
  });

  it('give what a percent format shows with its sign, which says that a rate is one', async () => {
    // Style 3 is the built-in format 0.00%.
    const rates = ['0.0687', '6.8699999999999997E-2', '1', '-0.005', '0.07125'];
    const rows = rates.map((value, index) => [String(index), 5, xml(`<c s="3"><v>${value}</v></c>`)]);
    const { records } = await read(await smallWorkbook([{ name: 'Tape', rows: [HEADER, ...rows] }]));
    expect(records.map(({ cells }) => cells[2])).toEqual(['6.87%', '6.87%', '100%', '-0.5%', '7.125%']);
  });

  it.each([
    ['0.00%', true],
    ['#,##0.0 %;[Red]-0.0 %', true],
    ['0.00" %"', false],
    ['0.00\\%', false],
    ['0.00', false],
  ])('tell a percent format: %s', (format, is) => expect(isPercentFormat(format)).toBe(is));

  it('count days from 1904 when they say so', async () => {
    const row = ['1', 2, xml('<c s="1"><v>42551</v></c>')];
    const { records } = await read(await smallWorkbook([{ name: 'Tape', rows: [HEADER, row] }], { from1904: true }));
    // The two counts differ by 1,462 days.
    expect(records[0]?.cells[2]).toBe('2020-07-01');
  });

  it('give the stored value of a formula and say when there is none', async () => {
    const row = ['1', xml('<c><f>B1*2</f><v>7</v></c>'), xml('<c><f>NOW()</f></c>')];
    const { source, records } = await read(await smallWorkbook([{ name: 'Tape', rows: [HEADER, row] }]));
    expect(records[0]?.cells).toEqual(['1', '7', null]);
    const place = { row: 2, column: 'origination date', value: '=NOW()', rule: 'formula-without-value' };
    expect(source.remarks()).toEqual([expect.objectContaining(place)]);
  });

  it('pick the sheet whose header is a tape’s, below its titles, and leave hidden ones aside', async () => {
    const { source, records } = await read(
      await smallWorkbook([
        { name: 'Cover', rows: [['Prepared by'], ['the servicer']] },
        { name: 'Loans', rows: [['July 2020'], [], HEADER, ['1', 2, 'x']] },
        { name: 'Old', rows: [HEADER, ['9', 9, 'y']], state: 'hidden' },
      ]),
    );
    expect([source.headerRow, records]).toEqual([3, [{ row: 4, cells: ['1', '2', 'x'] }]]);
    const because = expect.stringContaining('left aside: "Cover", "Old" (hidden)');
    expect(source.evidence).toContainEqual({ what: 'sheet', value: 'Loans', because });
  });

  it('whose sheets look alike are not guessed at; a named sheet is taken', async () => {
    const bytes = await smallWorkbook([
      { name: 'A', rows: [HEADER, ['1', 2, 'x']] },
      { name: 'B', rows: [HEADER, ['3', 4, 'y']] },
    ]);
    await expect(open(bytes)).rejects.toThrow('the sheets "A", "B" look alike');
    expect((await open(bytes, { sheet: 'B' })).head[0]?.cells[0]).toBe('3');
    await expect(open(bytes, { sheet: 'C' })).rejects.toThrow('no visible sheet "C"');
  });

  it('that unpack to far more than they hold are refused', async () => {
    const zeros = Buffer.from(`<sheetData>${'<row r="1"></row>'.repeat(200_000)}`);
    const rows = [HEADER, ['1', 2, 'x']];
    const bomb = await smallWorkbook([{ name: 'Tape', rows }], { parts: { 'xl/worksheets/sheet0.xml': zeros } });
    await expect(open(bomb, { limits: { unpackedFreeBytes: 2 ** 20 } })).rejects.toThrow('unpacks to far more');
    const texts = await smallWorkbook([{ name: 'Tape', rows }], { texts: ['x'.repeat(500), 'y'.repeat(600)] });
    await expect(open(texts, { limits: { sharedCharacters: 1_000 } })).rejects.toThrow('more text than a tape has');
  });

  it.each<[string, () => Promise<Uint8Array> | Uint8Array, string]>([
    ['an archive of something else', () => archiveOf({ 'a.txt': 'x' }), 'archive'],
    ['an archive that was cut off', async () => (await archiveOf({ 'a.txt': 'x' })).subarray(0, 40), 'archive'],
    ['an old workbook', () => Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3, 4]), 'binary'],
    ['a workbook without rows', () => smallWorkbook([{ name: 'A', rows: [] }]), 'rows'],
  ])('refuses %s', async (_, bytes, reason) => {
    await expect(open(await bytes())).rejects.toEqual(expect.objectContaining({ name: 'TapeUnreadable', reason }));
  });
});

describe('what a sheet holds', () => {
  // ECMA-376 18.17.4.1: 1 is 1 January 1900, 60 a day that never was, 61 is 1 March 1900.
  it.each([
    [1, '1900-01-01'],
    [59, '1900-02-28'],
    [60, null],
    [61, '1900-03-01'],
    [109_574, '2199-12-31'],
    [109_575, null],
    [-1, null],
  ])('day %i is %s', (serial, date) => expect(dateOfSerial(serial, false)).toBe(date));

  it.each([
    ['1E3', '1000'],
    ['1.5E-7', '0.00000015'],
    ['1234.5599999999999', '1234.56'],
    // What a spreadsheet computes: 0.1 + 0.2 is 0.30000000000000004.
    ['0.30000000000000004', '0.3'],
    ['12140.960000000001', '12140.96'],
    ['1234567890.12345', '1234567890.12345'],
    ['1.234E+21', '1234000000000000000000'],
    ['-2.5E-8', '-0.000000025'],
    ['x', 'x'],
  ])('the number %s is %s', (text, plain) => expect(plainNumber(text)).toBe(plain));

  it.each([
    ['yyyy\\-mm\\-dd', true],
    ['[$-409]mmm\\-yy', true],
    ['#,##0.00', false],
    ['0.00%', false],
    ['"paid by day" 0', false],
    ['[Red]0;-0', false],
    ['h:mm', true],
  ])('the format %s shows a date: %s', (format, date) => expect(isDateFormat(format)).toBe(date));
});
