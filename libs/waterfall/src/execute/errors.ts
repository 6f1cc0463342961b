/** Which law a run broke; the same three words name the EVM's errors. */
export type ExecutionFault = 'RANGE' | 'DIV0' | 'WIDTH';

/** A run that stopped at an instruction. `offset` counts bytes from the start of the code. Nothing was changed. */
export abstract class ExecutionError extends Error {
  abstract readonly fault: ExecutionFault;
  constructor(
    readonly offset: number,
    message: string,
  ) {
    super(message);
  }
}

/** A value would be negative or 2^128 or more. */
export class ValueOutOfRange extends ExecutionError {
  override readonly name = 'ValueOutOfRange';
  readonly fault = 'RANGE';
  constructor(offset: number, op: string) {
    super(offset, `${op} at code byte ${offset} leaves the range 0 … 2^128 − 1: check the report against the document`);
  }
}

/** A denominator was zero. */
export class DivisionByZero extends ExecutionError {
  override readonly name = 'DivisionByZero';
  readonly fault = 'DIV0';
  constructor(offset: number, op: string) {
    super(offset, `${op} at code byte ${offset} divides by zero: guard the formula with max(…) in the deal document`);
  }
}

/** After the run an account or state word is 2^85 or more; `slot` is its id. */
export class StateTooWide extends ExecutionError {
  override readonly name = 'StateTooWide';
  readonly fault = 'WIDTH';
  constructor(
    offset: number,
    readonly slot: number,
  ) {
    super(offset, `slot ${slot} ends at 2^85 or more: the amounts of this period are too large for the stored state`);
  }
}

/** What was handed to a run does not fit the program. */
export class RunArgumentError extends Error {
  override readonly name = 'RunArgumentError';
  constructor(
    readonly argument: 'period' | 'inputs' | 'deposit' | 'state',
    readonly detail: string,
  ) {
    super(`cannot run: ${argument} ${detail}`);
  }
}

/**
 * What is to be remitted does not follow from the program alone: it reads the deposit at `offset` before the deposit is in,
 * or, when `offset` is −1, changes the remittance after.
 */
export class RemittanceUndetermined extends Error {
  override readonly name = 'RemittanceUndetermined';
  constructor(readonly offset: number) {
    super(`what is to be remitted depends on what is deposited (code byte ${offset}): run with a deposit instead`);
  }
}

/** Cash was lost, made, or left in the deposit slot: the program is not one that a vault may settle with. */
export class CashNotConserved extends Error {
  override readonly name = 'CashNotConserved';
  constructor(
    readonly before: bigint,
    readonly after: bigint,
    readonly unmoved: bigint,
  ) {
    super(`cash before ${before}, after ${after}, left in the deposit ${unmoved}: the program must move all its cash`);
  }
}

/** More cash than a vault books: of the deposit, or of what a date pays to all payees together. Cents. */
export class NotBooked extends Error {
  override readonly name = 'NotBooked';
  constructor(
    readonly what: 'deposit' | 'payees',
    readonly amount: bigint,
  ) {
    const said = what === 'deposit' ? 'the deposit is' : 'the payees are paid';
    super(`${said} ${amount} cents, and a vault books less than 2^64: check the amounts of the report`);
  }
}
