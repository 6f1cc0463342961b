import { getNumber, getUint, keccak } from './bytes.js';
import { readCode } from './decode-code.js';
import { ProgramError } from './errors.js';
import {
  HEADER_BYTES,
  type Layout,
  MAX_CODE_BYTES,
  MAX_SLOTS,
  type Program,
  regionsOf,
  ROW_WORD_BYTES,
  VALUE_LIMIT,
  VERSION,
  WORD_BYTES,
} from './program.js';

function readLayout(bytes: Uint8Array): Layout {
  if (bytes.length < HEADER_BYTES) throw new ProgramError('header', bytes.length, 'shorter than the 32-byte header');
  if (bytes[0] !== VERSION) throw new ProgramError('version', 0, `version ${bytes[0]} is not ${VERSION}`);
  for (const at of [1, 27, 28, 29, 30, 31]) {
    if (bytes[at] !== 0) throw new ProgramError('reserved', at, 'a reserved header byte is not zero');
  }
  const count = (at: number): number => getNumber(bytes, at, 2);
  const counts = {
    K: count(2),
    R: count(4),
    I: count(6),
    C: count(8),
    A: count(10),
    S: count(12),
    X: count(14),
    T: count(16),
  };
  const frame = regionsOf(counts);
  return { ...frame, rows: count(18), codeLength: getNumber(bytes, 20, 3), pays: count(23), tranches: count(25) };
}

function checkLayout(layout: Layout, size: number): void {
  const { regions, slots, tranches } = layout;
  if (regions.C.count !== 1) throw new ProgramError('deposit-slot', 8, 'there must be exactly one cash input');
  if (slots > MAX_SLOTS) throw new ProgramError('slots', 2, `${slots} slots are more than ${MAX_SLOTS}`);
  if (regions.S.count < tranches + 1) {
    throw new ProgramError('tranche-slots', 12, 'state must hold a balance per tranche and the remittance');
  }
  if (regions.X.count < 2 * tranches) {
    throw new ProgramError('tranche-slots', 14, 'sinks must hold interest and principal of every tranche');
  }
  if (layout.rows === 0) throw new ProgramError('rows', 18, 'there is no payment date');
  if (layout.codeLength === 0 || layout.codeLength > MAX_CODE_BYTES) {
    throw new ProgramError('length', 20, `code of ${layout.codeLength} bytes`);
  }
  const expected =
    HEADER_BYTES + WORD_BYTES * regions.K.count + layout.codeLength + ROW_WORD_BYTES * regions.R.count * layout.rows;
  if (size !== expected) throw new ProgramError('length', size, `the header's counts need ${expected} bytes`);
}

function readConstants(bytes: Uint8Array, count: number): bigint[] {
  return Array.from({ length: count }, (_, index) => {
    const at = HEADER_BYTES + WORD_BYTES * index;
    const value = getUint(bytes, at, WORD_BYTES);
    if (value >= VALUE_LIMIT) throw new ProgramError('constant', at, `constant ${index} is 2^128 or more`);
    return value;
  });
}

function readRows(bytes: Uint8Array, layout: Layout, start: number): bigint[][] {
  const width = layout.regions.R.count;
  return Array.from({ length: layout.rows }, (_, row) =>
    Array.from({ length: width }, (_, column) =>
      getUint(bytes, start + ROW_WORD_BYTES * (row * width + column), ROW_WORD_BYTES),
    ),
  );
}

/**
 * Decodes a program and validates everything that the chain validates at registration, from the bytes alone.
 * @throws ProgramError naming the first broken rule and its byte.
 */
export function decodeProgram(bytes: Uint8Array): Program {
  const layout = readLayout(bytes);
  checkLayout(layout, bytes.length);
  const constants = readConstants(bytes, layout.regions.K.count);
  const codeStart = HEADER_BYTES + WORD_BYTES * layout.regions.K.count;
  const code = readCode(bytes, layout, codeStart);
  const rows = readRows(bytes, layout, codeStart + layout.codeLength);
  const copy = bytes.slice();
  return { hash: keccak(copy), bytes: copy, layout, constants, code, rows };
}
