import { getNumber } from '../program/bytes.js';
import { HEADER_BYTES, ROW_WORD_BYTES, WORD_BYTES } from '../program/program.js';

/** What fits into the code of one contract beside its leading zero byte: a program up to this size is stored whole. */
export const MAX_PAGE_BYTES = 24_575;
/** The largest program that the chain stores; above `MAX_PAGE_BYTES` it lies in pages. */
export const MAX_PROGRAM_BYTES = 1_048_576;

const ADDRESS_BYTES = 20;

/** How a program's bytes are cut, by its header. */
export interface PageCut {
  /** Bytes of header, constants and code. */
  head: number;
  /** Bytes of the whole program. */
  size: number;
  /** Bytes of a row. */
  row: number;
  /** Bytes of a full page of rows: as many whole rows as fit, or a full page when one row is larger. */
  rowPage: number;
}

/** The cut that the first 32 bytes of a program ask for. */
export function pageCutOf(header: Uint8Array): PageCut {
  const count = (at: number): number => getNumber(header, at, 2);
  const head = HEADER_BYTES + WORD_BYTES * count(2) + getNumber(header, 20, 3);
  const row = ROW_WORD_BYTES * count(4);
  const rowPage = row === 0 || row > MAX_PAGE_BYTES ? MAX_PAGE_BYTES : MAX_PAGE_BYTES - (MAX_PAGE_BYTES % row);
  return { head, size: head + row * count(18), row, rowPage };
}

/**
 * A program's bytes as `ProgramStore` takes them: one piece, registered whole, when they fit one contract; otherwise the
 * pages for `storePage` and, by their hashes in this order, for `registerPages`. The pieces one after the other are the
 * program.
 */
export function programPages(bytes: Uint8Array): Uint8Array[] {
  if (bytes.length <= MAX_PAGE_BYTES) return [bytes];
  const { head, size, rowPage } = pageCutOf(bytes);
  return [...pieces(bytes, 0, head, MAX_PAGE_BYTES), ...pieces(bytes, head, size, rowPage)];
}

function pieces(bytes: Uint8Array, from: number, to: number, size: number): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let at = from; at < to; at += size) found.push(bytes.subarray(at, Math.min(at + size, to)));
  return found;
}

/**
 * Where the pages of a stored program lie, from the code at its address (with the leading zero byte): 20 bytes each, or
 * null when that code holds the program whole. The program is the pages' codes, each without its leading zero byte, in
 * this order.
 */
export function pageAddresses(code: Uint8Array): Uint8Array[] | null {
  if (pageCutOf(code.subarray(1, 1 + HEADER_BYTES)).size <= MAX_PAGE_BYTES) return null;
  return pieces(code, 1 + HEADER_BYTES, code.length, ADDRESS_BYTES);
}
