export * from './execute/errors.js';
export { execute, type RunResult } from './execute/execute.js';
export type { RunArguments } from './execute/frame.js';
export { resultHashOf, stateHashOf, type Transfer, transferWord } from './execute/hashes.js';
export { decodeProgram } from './program/decode.js';
export { encodeParts, encodeProgram } from './program/encode.js';
export { ProgramError, type ProgramRule } from './program/errors.js';
export { OPERANDS, type OperandKind, type OpName, OPS, operandsOf, sizeOf } from './program/opcodes.js';
export * from './program/program.js';
