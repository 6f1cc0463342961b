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

/** There is no such part in a deal. */
export class PartUnknown extends Problem {
  readonly kind = 'invalid';
  readonly code = 'part-unknown';
  constructor(part: string, parts: readonly string[]) {
    super(`There is no part ${part} in a deal; give one of ${parts.join(', ')}.`, { part, parts });
  }
}

/** Another organisation plays the part already, and only one can. */
export class PartTaken extends Problem {
  readonly kind = 'conflict';
  readonly code = 'part-taken';
  constructor(part: string) {
    super(`The deal has its ${part} already; a deal has one.`, { part });
  }
}

/** The trustee signs against servicer and calculation agent, so it can be neither; the contract refuses it too. */
export class PartsNotDistinct extends Problem {
  readonly kind = 'conflict';
  readonly code = 'parts-not-distinct';
  constructor(part: string, other: string) {
    super(`One organisation cannot be both ${part} and ${other} of a deal; give one of the parts to another.`, {
      part,
      other,
    });
  }
}

/** Parts without which a deal cannot be deployed are not given to anybody. */
export class PartsMissing extends Problem {
  readonly kind = 'conflict';
  readonly code = 'parts-missing';
  constructor(missing: readonly string[]) {
    super(`The deal has no ${missing.join(', no ')}; add the parties before it is deployed.`, { missing });
  }
}
