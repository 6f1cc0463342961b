import type { Diagnostic } from '@weir/deal';
import { Problem } from '../problem.js';

/** The document cannot amend the deal; each diagnostic carries line and column. */
export class AmendmentDocumentInvalid extends Problem {
  readonly kind = 'invalid';
  readonly code = 'amendment-document-invalid';
  constructor(readonly diagnostics: readonly Diagnostic[]) {
    const first = diagnostics[0];
    const where = first === undefined ? '' : ` First, at ${first.line}:${first.column}: ${first.message}`;
    super(`The document cannot amend the deal: ${diagnostics.length} fault(s).${where}`, { diagnostics });
  }
}

/** The deal's state does not fit the amendment. */
export class AmendmentDoesNotFit extends Problem {
  readonly kind = 'conflict';
  readonly code = 'amendment-does-not-fit';
  constructor(readonly faults: readonly string[]) {
    super(`The amendment cannot take the deal over: ${faults.join('; ')}.`, { faults });
  }
}

/** Another amendment of the deal is under way. */
export class AmendmentUnderWay extends Problem {
  readonly kind = 'conflict';
  readonly code = 'amendment-under-way';
  constructor(amendmentId: string) {
    super('Another amendment of the deal is under way; have it applied or cancelled first.', { amendmentId });
  }
}

/** The amendment is approved and its delay is not over, or another period is next. */
export class AmendmentNotReady extends Problem {
  readonly kind = 'conflict';
  readonly code = 'amendment-not-ready';
  constructor(readyAt: string | null, fromPeriod: number, next: number) {
    super(
      `The amendment can be applied ${readyAt === null ? 'once it is approved' : `from ${readyAt} on`}, when period ` +
        `${fromPeriod} is next; period ${next} is next now.`,
      { readyAt, fromPeriod, next },
    );
  }
}
