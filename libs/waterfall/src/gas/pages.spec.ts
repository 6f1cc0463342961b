import { describe, expect, it } from '@jest/globals';
import { type ProgramParts, encodeParts, MAX_PAGE_BYTES, pageAddresses, programPages } from '../index.js';

/** A program of one instruction whose rows hold `words` words each. */
function withRows(rows: number, words: number, constants = 0): Uint8Array {
  const parts: ProgramParts = {
    counts: { K: constants, R: words, I: 0, C: 1, A: 1, S: 1, X: 0, T: 0 },
    tranches: 0,
    constants: Array.from({ length: constants }, (_, index) => BigInt(index)),
    code: [{ offset: 0, op: 'END', operands: [] }],
    rows: Array.from({ length: rows }, (_, row) =>
      Array.from({ length: words }, (_, word) => BigInt(row * words + word)),
    ),
  };
  return encodeParts(parts);
}

const sizes = (bytes: Uint8Array): number[] => programPages(bytes).map(({ length }) => length);

describe('the pages of a program', () => {
  it('are one when the bytes fit a contract, to the last of them', () => {
    // 32 bytes of header, 31 constants, 1 of code, 1,471 rows of 16 bytes: 32 + 992 + 1 + 23,536 = 24,561
    expect(sizes(withRows(1_471, 1, 31))).toEqual([24_561]);
    // One row more is 24,577 bytes: two more than fit.
    expect(sizes(withRows(1_472, 1, 31))).toEqual([1_025, 23_552]);
  });

  it('hold whole rows', () => {
    // 80 words are 1,280 bytes, of which 19 fit a page: 24,320. 360 rows are 18 such pages and 18 rows.
    expect(sizes(withRows(360, 80))).toEqual([33, ...Array<number>(18).fill(24_320), 18 * 1_280]);
  });

  it('cut the head where a contract is full', () => {
    // 32 + 32 × 1,000 + 1 = 32,033 bytes of head; 2 rows of 32 bytes.
    expect(sizes(withRows(2, 2, 1_000))).toEqual([MAX_PAGE_BYTES, 32_033 - MAX_PAGE_BYTES, 64]);
  });

  it('cut a row that is larger than a page', () => {
    // 1,600 words are 25,600 bytes; two rows run on over three pages.
    expect(sizes(withRows(2, 1_600))).toEqual([33, MAX_PAGE_BYTES, MAX_PAGE_BYTES, 51_200 - 2 * MAX_PAGE_BYTES]);
  });

  it('are the program, one after the other', () => {
    const bytes = withRows(360, 80, 900);
    expect(Uint8Array.from(programPages(bytes).flatMap((page) => [...page]))).toEqual(bytes);
  });
});

describe('the code at the address of a stored program', () => {
  it('names pages only when the header asks for them', () => {
    const small = withRows(3, 2);
    expect(pageAddresses(Uint8Array.from([0, ...small]))).toBeNull();
    const large = withRows(360, 80);
    const addresses = programPages(large).map((_, index) => new Uint8Array(20).fill(index + 1));
    const code = Uint8Array.from([0, ...large.subarray(0, 32), ...addresses.flatMap((address) => [...address])]);
    expect(pageAddresses(code)).toEqual(addresses);
  });
});
