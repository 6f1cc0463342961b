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

/** An assumption of a projection is out of range. */
export class PoolAssumptionInvalid extends Error {
  override readonly name = 'PoolAssumptionInvalid';
  constructor(
    readonly field: string,
    readonly value: number,
    readonly expected: string,
  ) {
    super(`assumption ${field} is ${value}; give ${expected}`);
  }
}
