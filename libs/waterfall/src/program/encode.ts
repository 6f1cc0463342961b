import { putUint } from './bytes.js';
import { decodeProgram } from './decode.js';
import { OPS, operandsOf, sizeOf } from './opcodes.js';
import { HEADER_BYTES, type Program, type ProgramParts, ROW_WORD_BYTES, WORD_BYTES } from './program.js';

function writeHeader(bytes: Uint8Array, parts: ProgramParts, codeLength: number): void {
  const { counts } = parts;
  const pays = parts.code.filter((instruction) => instruction.op === 'PAY').length;
  bytes[0] = 1;
  putUint(bytes, 2, 2, counts.K);
  putUint(bytes, 4, 2, counts.R);
  putUint(bytes, 6, 2, counts.I);
  putUint(bytes, 8, 2, counts.C);
  putUint(bytes, 10, 2, counts.A);
  putUint(bytes, 12, 2, counts.S);
  putUint(bytes, 14, 2, counts.X);
  putUint(bytes, 16, 2, counts.T);
  putUint(bytes, 18, 2, parts.rows.length);
  putUint(bytes, 20, 3, codeLength);
  putUint(bytes, 23, 2, pays);
  putUint(bytes, 25, 2, parts.tranches);
}

/** Bytes of a program's parts, not validated: for tests of the validator. Use `encodeProgram` otherwise. */
export function encodeParts(parts: ProgramParts): Uint8Array {
  const codeLength = parts.code.reduce((sum, instruction) => sum + sizeOf(instruction.op), 0);
  const rowWords = parts.rows.reduce((sum, row) => sum + row.length, 0);
  const size = HEADER_BYTES + WORD_BYTES * parts.constants.length + codeLength + ROW_WORD_BYTES * rowWords;
  const bytes = new Uint8Array(size);
  writeHeader(bytes, parts, codeLength);
  let at = HEADER_BYTES;
  for (const constant of parts.constants) {
    putUint(bytes, at, WORD_BYTES, constant);
    at += WORD_BYTES;
  }
  for (const { op, operands } of parts.code) {
    bytes[at++] = OPS.indexOf(op);
    operandsOf(op).forEach((kind, index) => {
      const operand = operands[index] ?? 0;
      putUint(bytes, at, 2, kind === 'jump' ? operand : 32 * operand);
      at += 2;
    });
  }
  for (const word of parts.rows.flat()) {
    putUint(bytes, at, ROW_WORD_BYTES, word);
    at += ROW_WORD_BYTES;
  }
  return bytes;
}

/** Encodes and validates a program. @throws ProgramError when the parts break a rule that the chain checks. */
export function encodeProgram(parts: ProgramParts): Program {
  return decodeProgram(encodeParts(parts));
}
