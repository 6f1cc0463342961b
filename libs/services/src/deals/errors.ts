import type { Diagnostic } from '@weir/deal';
import { Problem } from '../problem.js';

/** The deal document has errors; each diagnostic carries line and column. */
export class DealDocumentInvalid extends Problem {
  readonly kind = 'invalid';
  readonly code = 'deal-document-invalid';
  constructor(readonly diagnostics: readonly Diagnostic[]) {
    const first = diagnostics[0];
    const where = first === undefined ? '' : ` First, at ${first.line}:${first.column}: ${first.message}`;
    super(`The deal document has ${diagnostics.length} error(s).${where}`, { diagnostics });
  }
}

/** The approval names another program than the one the deal has now. */
export class ApprovalNamesAnotherProgram extends Problem {
  readonly kind = 'conflict';
  readonly code = 'approval-names-another-program';
  constructor(current: string, named: string) {
    super(`The deal's program is ${current}, not ${named}; read the current one and approve that.`, { current, named });
  }
}

/** Author, editor and approver must be different people. */
export class ApproverNotIndependent extends Problem {
  readonly kind = 'forbidden';
  readonly code = 'approver-not-independent';
  constructor() {
    super('Whoever wrote or edited the deal may not approve it; ask a colleague.');
  }
}
