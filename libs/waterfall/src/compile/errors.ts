import type { Diagnostic } from '@weir/deal';

/** A deal that reads well but has no program: every reason with its line and column. */
export class CompileError extends Error {
  override readonly name = 'CompileError';
  constructor(readonly diagnostics: Diagnostic[]) {
    const [first] = diagnostics;
    const more = diagnostics.length > 1 ? ` (and ${diagnostics.length - 1} more)` : '';
    super(`the deal cannot be compiled: line ${first?.line}, column ${first?.column}: ${first?.message}${more}`);
  }
}

/** A part of a formula that has no program; `at` is its offset in the document. Becomes a diagnostic. */
export class LoweringFault extends Error {
  override readonly name = 'LoweringFault';
  constructor(
    readonly at: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
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
