import { describe, expect, it } from '@jest/globals';
import { MissingColumns, readTape, TapeUnreadable } from '../index.js';
import { smallTape } from '../testing/small-tape.js';

const KEY = { loanKey: ['assetNumber'] };
const bytes = (...values: number[]) => Uint8Array.from(values);

describe('a tape that cannot be read', () => {
  it.each<[string, Uint8Array | string, string, number | null]>([
    ['an empty file', '', 'empty', null],
    ['a spreadsheet', bytes(0x50, 0x4b, 3, 4, 20), 'binary', null],
    ['zero bytes', bytes(0x61, 0, 0x62), 'binary', 1],
    ['UTF-8 that breaks off into Latin-1', bytes(0x61, 0xc3, 0xa9, 0x0a, 0x62, 0xe9, 0x2c, 0x62), 'encoding', 2],
    ['no header', '1,2,3\n4,5,6\n', 'header', 1],
    ['a column twice', smallTape({}).replace('recoveredAmount', 'repurchaseAmount'), 'header', 1],
    ['no rows', smallTape(), 'rows', null],
    ['no reporting dates', smallTape({ reportingPeriodEndingDate: 'NA' }), 'rows', null],
    ['a quote never closed', smallTape({}, { zeroBalanceCode: '"1' }), 'quotes', 3],
    ['a quote inside a cell', smallTape({ zeroBalanceCode: 'a"1' }), 'quotes', 2],
  ])('%s', (_, source, reason, line) => {
    const remedy = expect.stringMatching(/\w+/);
    const error = expect.objectContaining({ name: 'TapeUnreadable', reason, line, remedy });
    expect(() => readTape(source, KEY)).toThrow(error as unknown as Error);
  });

  it('for want of a configured key', () => {
    expect(() => readTape(smallTape({}), { loanKey: [] })).toThrow(TapeUnreadable);
  });

  it('for want of columns, all of which are named', () => {
    const text = smallTape({}).replace('recoveredAmount', 'x').replace('totalActualAmountPaid', 'y');
    const reading = () => readTape(text, { loanKey: ['assetNumber', 'poolNumber'] });
    expect(reading).toThrow(MissingColumns);
    expect(reading).toThrow(
      /no column poolNumber, totalActualAmountPaid, recoveredAmount: .* of automobile loans .*must have them, .*mapping of them/,
    );
  });
});
