import type { Diagnostic } from '@weir/deal';

/** A document that cannot amend a program: every reason with its line and column. */
export class AmendmentInvalid extends Error {
  override readonly name = 'AmendmentInvalid';
  constructor(readonly diagnostics: Diagnostic[]) {
    const lines = diagnostics.map(({ line, column, message, code }) => `  ${line}:${column}: ${message} [${code}]`);
    super(`the deal cannot be amended:\n${lines.join('\n')}`);
  }
}

/** The state of a deal does not fit an amendment: nothing was changed. */
export class AmendmentRefused extends Error {
  override readonly name = 'AmendmentRefused';
  constructor(readonly faults: readonly string[]) {
    super(`the amendment cannot take this state over:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}
