import type { Diagnostic, Place } from '@weir/deal';

/** A deal that reads well but has no program: every reason with its line and column. */
export class CompileError extends Error {
  override readonly name = 'CompileError';
  constructor(readonly diagnostics: Diagnostic[]) {
    const [first] = diagnostics;
    const more = diagnostics.length > 1 ? ` (and ${diagnostics.length - 1} more)` : '';
    super(`the deal cannot be compiled: line ${first?.line}, column ${first?.column}: ${first?.message}${more}`);
  }
}

/**
 * A part of the document that has no program. `at` is its offset, or its place; `path` names it where that is not the
 * formula under way. Becomes a diagnostic, and the value that was asked for is unknown.
 */
export class LoweringFault extends Error {
  override readonly name = 'LoweringFault';
  constructor(
    readonly at: number | Place,
    readonly code: string,
    message: string,
    readonly path: string | null = null,
  ) {
    super(message);
  }

  /** Where it stands; `placeOf` turns an offset into a place, and `otherwise` is taken where none was given. */
  placeIn(placeOf: (offset: number) => Place, otherwise: Place): Place {
    if (typeof this.at !== 'number') return this.at;
    return this.at > 0 ? placeOf(this.at) : otherwise;
  }
}

/**
 * A value was asked for that hangs on what has a fault, which is reported, or on a cut-off pool that is not given. Nothing
 * can be concluded from it, and there is nothing more to report.
 */
export class ValueUnknown extends Error {
  override readonly name = 'ValueUnknown';
  constructor() {
    super('this value hangs on a part of the document that has a fault, or on the cut-off pool');
  }
}

/** A servicer report's values do not name exactly the inputs of the program. */
export class InputsError extends Error {
  override readonly name = 'InputsError';
  constructor(
    readonly unknown: string[],
    readonly missing: string[],
    readonly negative: string[],
    /** Texts that are no value of the input's unit, and flags that are neither 0 nor 1. */
    readonly unreadable: string[] = [],
  ) {
    const parts = [
      unknown.length ? `unknown: ${unknown.join(', ')}` : '',
      missing.length ? `missing: ${missing.join(', ')}` : '',
      negative.length ? `cannot be negative: ${negative.join(', ')}` : '',
      unreadable.length ? `do not fit their units: ${unreadable.join(', ')}` : '',
    ];
    super(`the report's inputs do not fit the program; ${parts.filter(Boolean).join('; ')}`);
  }
}
