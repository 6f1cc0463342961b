import { HEADER_BYTES, type Program, ROW_WORD_BYTES, WORD_BYTES } from '../program/program.js';
import { EVM } from './evm-schedule.js';
import { MAX_PAGE_BYTES, type PageCut, pageCutOf } from './pages.js';
import { VAULT_CODE } from './vault-code.js';

/** A page's address, in the contract that names the pages. */
const ADDRESS_BYTES = 20;

/** A piece of a program that a run copies from one page. */
interface Piece {
  page: number;
  bytes: number;
  /** Whether the rest of the page is copied, and more is wanted from the next. */
  toPageEnd: boolean;
}

/** Bytes `from` … `from + length − 1` of a part of the program whose first page is `first` and whose pages have `size` bytes. */
function piecesOf(first: number, size: number, from: number, length: number): Piece[] {
  const found: Piece[] = [];
  for (let at = from; at < from + length;) {
    const left = size - (at % size);
    const wanted = from + length - at;
    found.push({ page: first + Math.floor(at / size), bytes: Math.min(left, wanted), toPageEnd: left < wanted });
    at += Math.min(left, wanted);
  }
  return found;
}

const copied = (bytes: number): number => EVM.copiedWord * Math.ceil(bytes / WORD_BYTES);

/** Each page's account is cold the first time; its address is read from the naming contract, which is warm. */
function piecesGas(pieces: readonly Piece[]): number {
  const touched = new Set<number>();
  let gas = 0;
  for (const { page, bytes, toPageEnd } of pieces) {
    const code = toPageEnd ? VAULT_CODE.toPageEnd : VAULT_CODE.withinPage;
    gas += code + EVM.warm + copied(ADDRESS_BYTES) + (touched.has(page) ? EVM.warm : EVM.coldAccount) + copied(bytes);
    touched.add(page);
  }
  return gas;
}

function pagedGas({ layout }: Program, { row, rowPage, head }: PageCut, period: number): number {
  const constants = WORD_BYTES * layout.regions.K.count;
  const ofRows = Math.ceil(head / MAX_PAGE_BYTES);
  const pieces = [
    ...piecesOf(0, MAX_PAGE_BYTES, HEADER_BYTES, constants),
    ...piecesOf(0, MAX_PAGE_BYTES, HEADER_BYTES + constants, layout.codeLength),
    ...piecesOf(ofRows, rowPage, (period - 1) * row, row),
  ];
  const rows = row === 0 ? 0 : VAULT_CODE.rowsAtAll + (row <= MAX_PAGE_BYTES ? VAULT_CODE.rowsWithinPages : 0);
  return VAULT_CODE.paged + rows + piecesGas(pieces);
}

/** Gas of copying a program's constants, its code and the row of a period into memory, that memory apart. */
export function copyGas(program: Program, period: number): number {
  const { regions, codeLength } = program.layout;
  const cut = pageCutOf(program.bytes);
  if (cut.size > MAX_PAGE_BYTES) return pagedGas(program, cut, period);
  const parts = [WORD_BYTES * regions.K.count, codeLength, ROW_WORD_BYTES * regions.R.count];
  return parts.reduce((sum, bytes) => sum + EVM.warm + copied(bytes), 0);
}

/** The most that it is for any period. Which period it is matters only when a row is larger than a page. */
export function dearestCopy(program: Program): number {
  const periods = pageCutOf(program.bytes).row > MAX_PAGE_BYTES ? program.layout.rows : 1;
  return Math.max(...Array.from({ length: periods }, (_, index) => copyGas(program, index + 1)));
}
