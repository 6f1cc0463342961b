/** A denominator was zero. Raised by `mulDiv`; executors raise their own error with an instruction offset. */
export class DivisionByZero extends Error {
  override readonly name = 'DivisionByZero';
  constructor() {
    super('division by zero: check the denominator before dividing');
  }
}

/** A text is not a strict decimal amount with at most two decimals. */
export class MoneyFormatError extends Error {
  override readonly name = 'MoneyFormatError';
  constructor(readonly text: string) {
    super(`"${text}" is not an amount: write digits with at most two decimals and no separators, like -1234.50`);
  }
}

/** A text is neither a decimal ratio nor a percentage, or has more decimals than the rate scale holds. */
export class RateFormatError extends Error {
  override readonly name = 'RateFormatError';
  constructor(readonly text: string) {
    super(`"${text}" is not a rate: write a percentage like "0.60 %" or a ratio like 0.006, at most 12 decimals`);
  }
}

/** A split was asked over weights that cannot carry it. */
export class SplitError extends Error {
  override readonly name = 'SplitError';
  constructor(readonly reason: 'no-weights' | 'negative-weight' | 'zero-weights' | 'negative-total') {
    super(`cannot split (${reason}): give a total of zero or more and weights of which at least one is above zero`);
  }
}

/** A text is not lower- or upper-case hexadecimal with an even number of digits after 0x. */
export class HexFormatError extends Error {
  override readonly name = 'HexFormatError';
  constructor(readonly text: string) {
    super(`"${text.slice(0, 80)}" is not hexadecimal: write 0x and an even number of the digits 0-9, a-f`);
  }
}

/** A value has no canonical JSON form; `path` says where, like `$.tranches[0].opening`. */
export class NotCanonical extends Error {
  override readonly name = 'NotCanonical';
  constructor(
    readonly path: string,
    readonly kind: string,
  ) {
    super(`${path} is a ${kind}, which canonical JSON refuses: publish amounts as decimal strings`);
  }
}
