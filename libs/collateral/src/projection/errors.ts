/** A representative line cannot be projected: one of its terms is out of range. */
export class PoolLineInvalid extends Error {
  override readonly name = 'PoolLineInvalid';
  constructor(
    readonly line: number,
    readonly field: string,
    readonly value: number,
    readonly expected: string,
  ) {
    super(`line ${line + 1} of the pool: ${field} is ${value}; give ${expected}`);
  }
}

/** One assumption that is out of range. */
export interface AssumptionFault {
  readonly field: string;
  readonly value: number;
  readonly expected: string;
}

/** Assumptions of a projection are out of range: all of them. */
export class PoolAssumptionInvalid extends Error {
  override readonly name = 'PoolAssumptionInvalid';
  constructor(readonly faults: readonly AssumptionFault[]) {
    super(faults.map(({ field, value, expected }) => `assumption ${field} is ${value}; give ${expected}`).join('\n'));
  }
}

/** A loan's rate follows an index that nothing gives. */
export class IndexMissing extends Error {
  override readonly name = 'IndexMissing';
  constructor(
    readonly index: string,
    readonly given: readonly string[],
  ) {
    super(
      `no rates are given for the index "${index}" of adjustable loans; given are ${given.join(', ') || 'none'}: add it, in a scenario under rates:`,
    );
  }
}

/** Loans count the days of their months, and nothing says which months are projected. */
export class FirstMonthMissing extends Error {
  override readonly name = 'FirstMonthMissing';
  constructor(readonly dayCount: string) {
    super(`loans with the day count ${dayCount} need the first projected month: give its first day`);
  }
}
