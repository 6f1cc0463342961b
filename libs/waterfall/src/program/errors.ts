/** The validation rule that a program broke; docs/waterfall-program.md lists each. */
export type ProgramRule =
  | 'header'
  | 'version'
  | 'reserved'
  | 'deposit-slot'
  | 'slots'
  | 'tranche-slots'
  | 'length'
  | 'constant'
  | 'opcode'
  | 'truncated'
  | 'operand'
  | 'write'
  | 'pay-from'
  | 'pay-to'
  | 'pay-same'
  | 'pay-count'
  | 'jump'
  | 'end'
  | 'rows';

/** Bytes that are no valid program. `offset` is the byte in the blob at which the rule was broken. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';
  constructor(
    readonly rule: ProgramRule,
    readonly offset: number,
    readonly detail: string,
  ) {
    super(`not a waterfall program (${rule}, byte ${offset}): ${detail}; compile the deal document again`);
  }
}
