/**
 * What an operand is: `write` a slot that is written (S or T only), `read` any slot, `from` a cash slot (C or A),
 * `to` a cash slot (A or X), `jump` a byte offset from the start of the code.
 */
export type OperandKind = 'write' | 'read' | 'from' | 'to' | 'jump';

/** Name of an instruction; the meaning of each is specified in docs/waterfall-program.md. */
export type OpName = keyof typeof OPERANDS;

/** Operands of each instruction, in the order in which they are encoded. */
export const OPERANDS = {
  END: [],
  ADD: ['write', 'read', 'read'],
  SUB: ['write', 'read', 'read'],
  PAY: ['from', 'to', 'read', 'write'],
  SSUB: ['write', 'read', 'read'],
  MIN: ['write', 'read', 'read'],
  MULF: ['write', 'read', 'read', 'read'],
  MULN: ['write', 'read', 'read', 'read'],
  MULC: ['write', 'read', 'read', 'read'],
  MAX: ['write', 'read', 'read'],
  OR: ['write', 'read', 'read'],
  MOV: ['write', 'read'],
  LT: ['write', 'read', 'read'],
  LE: ['write', 'read', 'read'],
  SEL: ['write', 'read', 'read', 'read'],
  JZ: ['read', 'jump'],
  JMP: ['jump'],
  AND: ['write', 'read', 'read'],
  NOT: ['write', 'read'],
  EQ: ['write', 'read', 'read'],
} as const satisfies Record<string, readonly OperandKind[]>;

/** Instruction names by their opcode byte: `OPS[3]` is PAY. */
export const OPS = Object.keys(OPERANDS) as readonly OpName[];

/** The operand kinds of an instruction. */
export function operandsOf(op: OpName): readonly OperandKind[] {
  return OPERANDS[op];
}

/** Encoded length in bytes: one for the opcode, two for each operand. */
export function sizeOf(op: OpName): number {
  return 1 + 2 * OPERANDS[op].length;
}
