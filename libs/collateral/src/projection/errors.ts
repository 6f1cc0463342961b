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

/** Loans need the rates of an index that nothing gives. */
export class IndexMissing extends Error {
  override readonly name = 'IndexMissing';
  /** @param use what the index is for: rates that follow it, or the yield by which yield maintenance is reckoned */
  constructor(
    readonly index: string,
    readonly given: readonly string[],
    readonly use: 'adjustable' | 'yield-maintenance',
  ) {
    const others = given.length === 0 ? 'none are given' : `given are ${given.join(', ')}`;
    const what =
      use === 'adjustable'
        ? `no rates are given for the index "${index}" of adjustable loans`
        : `no yields are given for the index "${index}", by which it is reckoned what loans with yield maintenance (commercial mortgages, mostly) pay when they prepay`;
    super(`${what}; ${others}: state them under rates: of the scenario, as in "rates: { ${index}: 4 % }"`);
  }
}

/** Loans count the days of their months, and nothing says which months are projected. */
export class FirstMonthMissing extends Error {
  override readonly name = 'FirstMonthMissing';
  constructor(readonly dayCount: string) {
    super(`loans with the day count ${dayCount} need the first projected month: give its first day`);
  }
}
