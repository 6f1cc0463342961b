import { describe, expect, it } from '@jest/globals';
import { concat, keccak256, toUtf8Bytes } from 'ethers';
import fc from 'fast-check';
import { hexOf, type Hex } from '@weir/money';
import {
  LOAN_SUM_COLUMNS,
  loanLeafId,
  loanSalt,
  loanSums,
  namedSums,
  parseRowsCsv,
  RowsNotCanonical,
  rowsToCsv,
  SaltInvalid,
  type LoanSumColumn,
  type SumLeaf,
} from '../index.js';

const ID_A: Hex = `0x${'0a'.repeat(32)}`;
const ID_B: Hex = `0x${'0b'.repeat(32)}`;
const HEADER =
  'id,opening,closing,interestGross,interestReversed,principalGross,principalReversed,adjustmentLowering,' +
  'adjustmentRaising,chargeOffGross,chargeOffReversed,recoveryGross,recoveryReversed,repurchaseGross,repurchaseReversed';
const ROW_A = `${ID_A},100.00,90.05,0.50,0.00,9.95${',0.00'.repeat(9)}`;
const TEXT = `${HEADER}\n${ROW_A}\n`;

describe('the salted id of a loan', () => {
  it('takes its salt from HMAC-SHA256 (RFC 4231, test case 2)', () => {
    const secret = hexOf(new TextEncoder().encode('Jefe'));
    expect(loanSalt(secret, 'what do ya want for nothing?')).toBe(
      '0x5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });

  it('is keccak256(salt ‖ key), of 32 bytes of salt and no other number', () => {
    expect(loanLeafId('LÖAN|7', ID_A)).toBe(keccak256(concat([ID_A, toUtf8Bytes('LÖAN|7')])));
    expect(() => loanLeafId('LOAN|7', '0x0a')).toThrow(SaltInvalid);
  });
});

describe('published rows', () => {
  it('name the columns of a leaf in order', () => {
    const parts = Object.fromEntries(LOAN_SUM_COLUMNS.map((name, i) => [name, BigInt(i)]));
    const sums = loanSums(parts as Record<LoanSumColumn, bigint>);
    expect(sums).toEqual([0n, 1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n, 9n, 10n, 11n, 12n, 13n]);
    expect(namedSums(sums)).toEqual(parts);
  });

  it('print in one form, and that form is read', () => {
    const rows: SumLeaf[] = [{ id: ID_A, sums: [10000n, 9005n, 50n, 0n, 995n, ...Array<bigint>(9).fill(0n)] }];
    expect(rowsToCsv(rows)).toBe(TEXT);
    expect(parseRowsCsv(TEXT)).toEqual(rows);
    expect(parseRowsCsv(rowsToCsv([]))).toEqual([]);
  });

  it('parse(print(x)) = x and print(parse(t)) = t', () => {
    const hex = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(hexOf);
    const sums = fc.array(fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }), { minLength: 14, maxLength: 14 });
    const rows = fc.uniqueArray(fc.record({ id: hex, sums }), { selector: (row) => row.id, maxLength: 5 });
    fc.assert(
      fc.property(rows, (some) => {
        const text = rowsToCsv(some);
        expect(parseRowsCsv(text)).toEqual(some);
        expect(rowsToCsv(parseRowsCsv(text))).toBe(text);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['no header', `${ROW_A}\n`, 1],
    ['no last line feed', TEXT.slice(0, -1), 2],
    ['CRLF', TEXT.replaceAll('\n', '\r\n'), 1],
    ['a leading zero', TEXT.replace('100.00', '0100.00'), 2],
    ['one decimal', TEXT.replace('0.50', '0.5'), 2],
    ['a negative amount', TEXT.replace('90.05', '-90.05'), 2],
    ['a space', TEXT.replace('90.05', ' 90.05'), 2],
    ['quotes', TEXT.replace('90.05', '"90.05"'), 2],
    ['an upper-case id', TEXT.replace(ID_A, `0x${'0A'.repeat(32)}`), 2],
    ['a missing cell', TEXT.replace('100.00,', ''), 2],
    ['an empty line', `${TEXT}\n`, 3],
    ['a repeated id', `${TEXT}${ROW_A}\n`, 3],
    ['an amount of 2^128', TEXT.replace('100.00', '3402823669209384634633746074317682114.56'), 2],
  ])('with %s are refused by line', (_, text, line) => {
    expect(() => parseRowsCsv(text)).toThrow(
      expect.objectContaining({ name: 'RowsNotCanonical', line }) as unknown as Error,
    );
  });

  it('are not printed from a row of another shape', () => {
    expect(() => rowsToCsv([{ id: ID_B, sums: [1n] }])).toThrow(RowsNotCanonical);
  });
});
