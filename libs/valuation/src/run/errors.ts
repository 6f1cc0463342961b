/** Faults that a message lists; all are in its field. */
const SHOWN = 40;

/** Something that a user wrote does not read; every fault at once, each with where it stands and what to write. */
export class InputInvalid extends Error {
  override readonly name = 'InputInvalid';
  constructor(
    /** What was read: "the state", "the report", "the collections". */
    readonly what: string,
    readonly faults: readonly string[],
  ) {
    const shown = faults.slice(0, SHOWN);
    const left = faults.length - shown.length;
    const lines = [...shown, ...(left > 0 ? [`… and ${left} more`] : [])];
    super(`${what} cannot be used:\n${lines.map((line) => `  ${line}`).join('\n')}`);
  }
}

/** A text is no value of a unit. */
export class UnitTextInvalid extends Error {
  override readonly name = 'UnitTextInvalid';
  constructor(
    readonly text: string,
    readonly unit: string,
    readonly expected: string,
  ) {
    super(`"${text}" is no ${unit}: write ${expected}`);
  }
}

/** Report items that neither the collateral nor the scenario gives. */
export class InputsMissing extends Error {
  override readonly name = 'InputsMissing';
  constructor(
    readonly items: readonly { name: string; unit: string; sample: string }[],
    readonly scenario: string,
    /** Of indices: which published rates are missing. */
    readonly fixings: readonly string[] = [],
  ) {
    const block = (title: string, of: typeof items): string =>
      of.length === 0
        ? ''
        : `\n${title}:${of.map(({ name, unit, sample }) => `\n  ${name}: ${sample} # ${unit}`).join('')}`;
    const [rates, others] = [items.filter(({ unit }) => unit === 'rate'), items.filter(({ unit }) => unit !== 'rate')];
    super(
      `nothing gives these report items; add them to the scenario "${scenario}" (values of your own), or to the document ` +
        `as "from:" formulas:${block('rates', rates)}${block('inputs', others)}${fixings.map((line) => `\n${line}`).join('')}`,
    );
  }
}

/** A projection feeds a report item that the document does not allow to be negative a value below zero. */
export class InputNegative extends Error {
  override readonly name = 'InputNegative';
  constructor(
    readonly item: string,
    readonly unit: string,
    readonly period: number,
    readonly scenario: string,
  ) {
    super(
      `${item} is negative on payment date ${period} of the scenario "${scenario}": the document says ${unit}; write ` +
        `"signed ${unit}" there to allow it, or max(0, …) in its "from:" formula`,
    );
  }
}

/** Collections say themselves what the document makes of the pool's columns, so that purchases could not be in it. */
export class PurchasesUnseen extends Error {
  override readonly name = 'PurchasesUnseen';
  constructor(readonly items: readonly string[]) {
    super(
      `what the scenario's reinvestment buys would not be in ${items.map((name) => `"${name}"`).join(', ')}, which the collections ` +
        'give: give the columns that their "from:" formulas are made of instead, or the loans by --pool or --tape',
    );
  }
}

/** A scenario buys by a step that pays nothing. */
export class StepBuysNothing extends Error {
  override readonly name = 'StepBuysNothing';
  constructor(readonly step: string) {
    super(
      `reinvestment: the step "${step}" of the document moves no cash; name one that pays, transfers or is the residual`,
    );
  }
}

/** Losses of collections from elsewhere cannot be multiplied honestly. */
export class LossesNotScalable extends Error {
  override readonly name = 'LossesNotScalable';
  constructor(readonly reasons: readonly string[]) {
    super(
      `the losses of these collections cannot be multiplied: ${reasons.join('; ')}. Give the collateral's own columns (poolOpening, ` +
        'chargeOffs, and what the pool pays), or the loans by --pool or --tape',
    );
  }
}

/** A class of another deal that this one owns gives no flows. */
export class UnderlyingUnusable extends Error {
  override readonly name = 'UnderlyingUnusable';
  constructor(
    readonly underlying: string,
    readonly reason: string,
  ) {
    super(`the underlying class "${underlying}" gives no flows: ${reason}`);
  }
}

/** A deal whose class is owned has futures of its own, and none that goes with the owner's. */
export class FutureMissing extends Error {
  override readonly name = 'FutureMissing';
  constructor(
    readonly underlying: string,
    readonly scenario: string,
    hint: string,
  ) {
    super(`the scenarios of ${underlying} have none that is named "${scenario}"${hint}`);
  }
}

/** A formula of `from:` has no value: a name that has none here, or a division by zero. */
export class FormulaWithoutValue extends Error {
  override readonly name = 'FormulaWithoutValue';
  constructor(
    readonly formula: string,
    readonly period: number,
    readonly reason: string,
  ) {
    super(`"${formula}" has no value on payment date ${period}: ${reason}`);
  }
}

/** A line of a trustee's report, or of a condition, is no figure of the deal. */
export class UnknownFigure extends Error {
  override readonly name = 'UnknownFigure';
  constructor(
    readonly figure: string,
    readonly hint: string,
  ) {
    super(`the deal has no figure "${figure}"${hint}`);
  }
}

/** A payment date stops: an amount leaves its range, or something is divided by zero. Nothing was paid. */
export class PaymentStops extends Error {
  override readonly name = 'PaymentStops';
  constructor(
    readonly period: number,
    /** RANGE, DIV0 or WIDTH. */
    readonly fault: string,
    /** Line of the document, when the instruction comes from one. */
    readonly line: number | null,
    message: string,
  ) {
    super(message);
  }
}
