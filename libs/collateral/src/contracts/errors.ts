/** A text is neither an existing day nor a time on one. */
export class MomentFormatError extends Error {
  override readonly name = 'MomentFormatError';
  constructor(readonly text: string) {
    super(`"${text}" is not a date: write an existing day as 2024-03-31, or a time on it as 2024-03-31T23:59:59`);
  }
}

/** One term of a contract that is missing, out of range or at odds with another. */
export interface TermProblem {
  /** The term with its group, as in `rateReset.index`. */
  term: string;
  /** What the term must be. */
  expected: string;
}

/** A contract cannot be projected as its terms stand; `problems` holds everything that is wrong, not the first only. */
export class ContractInvalid extends Error {
  override readonly name = 'ContractInvalid';
  constructor(
    readonly id: string,
    readonly problems: readonly TermProblem[],
  ) {
    super(`contract ${id}: ${problems.map(({ term, expected }) => `${term}: ${expected}`).join('; ')}`);
  }
}

/** A contract reads an index for which nothing was observed up to that time. */
export class ObservationMissing extends Error {
  override readonly name = 'ObservationMissing';
  constructor(
    readonly index: string,
    readonly moment: string,
  ) {
    super(`no observation of ${index} at or before ${moment}: add one to the observed series`);
  }
}

/** A prepayment was observed while the loan takes none. */
export class PrepaymentLockedOut extends Error {
  override readonly name = 'PrepaymentLockedOut';
  constructor(
    readonly id: string,
    readonly at: string,
    readonly until: string,
    readonly protection: 'lockout' | 'defeasance',
  ) {
    const instead = protection === 'defeasance' ? ', but may be defeased' : '';
    super(`contract ${id} takes no prepayment on ${at}: not before ${until}${instead}; correct what was observed`);
  }
}

/** A drawing passes what a revolving line allows. */
export class DrawingRefused extends Error {
  override readonly name = 'DrawingRefused';
  constructor(
    readonly id: string,
    readonly at: string,
    readonly amount: number,
    readonly most: number,
  ) {
    super(`contract ${id} cannot be drawn by ${amount} on ${at}: ${most} at most; correct what was observed`);
  }
}

/** A contract's cycle gives more dates than a projection holds. */
export class TooManyEvents extends Error {
  override readonly name = 'TooManyEvents';
  constructor(readonly most: number) {
    super(`a cycle gives more than ${most} dates: shorten the contract's life or lengthen the cycle`);
  }
}
