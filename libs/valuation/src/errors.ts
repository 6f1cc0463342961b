/** Flows that do not fit together, or of which nothing is paid after the settlement date. */
export class FlowsInvalid extends Error {
  override readonly name = 'FlowsInvalid';
  constructor(readonly reason: 'lengths' | 'order' | 'index' | 'nothing-paid' | 'no-balance') {
    super(
      {
        lengths: 'dates, principal and interest differ in number: give one of each for every payment date',
        index: 'a discount margin needs the index assumed: give one rate for every payment date',
        order: 'the payment dates do not ascend: sort them, each once',
        'nothing-paid':
          'nothing is paid after the settlement date: there is no yield; choose an earlier settlement date',
        'no-balance':
          'the balance that the price is quoted on is zero: give the balance at settlement, or the notional',
      }[reason],
    );
  }
}

/** A function takes its target nowhere in the bracket. */
export class RootNotBracketed extends Error {
  override readonly name = 'RootNotBracketed';
  constructor(
    readonly lower: number,
    readonly upper: number,
    readonly atLower: number,
    readonly atUpper: number,
    readonly target: number,
  ) {
    super(
      `no solution between ${lower} (gives ${atLower}) and ${upper} (gives ${atUpper}) for ${target}: ` +
        'widen the bracket, or ask for a target between the two',
    );
  }
}

/** A root was bracketed, but not pinned down within the steps allowed. */
export class RootNotReached extends Error {
  override readonly name = 'RootNotReached';
  constructor(
    readonly steps: number,
    readonly best: number,
  ) {
    super(`no solution within ${steps} steps (the best so far is ${best}): allow more steps or a wider tolerance`);
  }
}
