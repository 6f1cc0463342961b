import { Problem } from '../problem.js';

/** The tape is not (or not yet) imported, so that nothing can be built on it. */
export class TapeNotImported extends Problem {
  readonly kind = 'conflict';
  readonly code = 'tape-not-imported';
  constructor(tapeId: string, status: string, failure: string | null) {
    super(
      failure !== null
        ? `Tape ${tapeId} was rejected: ${failure}`
        : status === 'divided'
          ? `Tape ${tapeId} is a file of several months; name the tape of one of them.`
          : `Tape ${tapeId} is ${status}; wait until it is imported.`,
      { tapeId, status },
    );
  }
}

/** No loan of the tape meets the deal's eligibility criteria. */
export class EmptyPool extends Problem {
  readonly kind = 'conflict';
  readonly code = 'empty-pool';
  constructor(tapeId: string, excluded: number) {
    super(`None of the tape's loans is eligible (${excluded} excluded); check the criteria and the tape.`, {
      tapeId,
      excluded,
    });
  }
}

/** The upload holds nothing. */
export class EmptyUpload extends Problem {
  readonly kind = 'invalid';
  readonly code = 'empty-upload';
  constructor() {
    super('The file is empty; send the tape as the body of the request.');
  }
}

/** A period is not a number counted from 1. */
export class PeriodInvalid extends Problem {
  readonly kind = 'invalid';
  readonly code = 'period-invalid';
  constructor(period: number) {
    super(`${period} is no payment period; give a whole number from 1 on.`, { period });
  }
}

/** The upload names an asset class, a kind or a month that there is not, or a mapping that is another originator's. */
export class UploadInvalid extends Problem {
  readonly kind = 'invalid';
  readonly code = 'upload-invalid';
  constructor(what: string, value: string, right: string) {
    super(`${what} cannot be "${value}"; give ${right}.`, { what, value });
  }
}

/** The pool of a deal is picked among automobile loans. */
export class PoolNeedsLoans extends Problem {
  readonly kind = 'conflict';
  readonly code = 'pool-needs-automobile-loans';
  constructor(tapeId: string, assetClass: string) {
    super(`Tape ${tapeId} is of ${assetClass}; a pool is picked by eligibility among automobile loans alone.`, {
      tapeId,
      assetClass,
    });
  }
}

/** A mapping that was to be confirmed cannot be used; everything that is wrong with it is named. */
export class MappingRefused extends Problem {
  readonly kind = 'invalid';
  readonly code = 'mapping-invalid';
  constructor(faults: readonly string[]) {
    super(`The mapping cannot be used: ${faults.join('; ')}; correct it and confirm it again.`, { faults });
  }
}

/** Concentration limits cannot be read; everything that is wrong with them is named. */
export class LimitsRefused extends Problem {
  readonly kind = 'invalid';
  readonly code = 'limits-invalid';
  constructor(faults: readonly string[]) {
    super(`The concentration limits cannot be used: ${faults.join('; ')}.`, { faults });
  }
}

/** A choice that others must be able to follow was made without a reason. */
export class ReasonMissing extends Problem {
  readonly kind = 'invalid';
  readonly code = 'reason-missing';
  constructor() {
    super('Say why this tape is to count for its month.');
  }
}

/** The deal has no imported tape yet. */
export class NothingImported extends Problem {
  readonly kind = 'conflict';
  readonly code = 'nothing-imported';
  constructor(dealId: string) {
    super('No tape of the deal is imported; hand one in first.', { dealId });
  }
}

/** The curves out of the tapes that count are being reckoned. */
export class VintagesNotReady extends Problem {
  readonly kind = 'unavailable';
  readonly code = 'vintages-not-ready';
  constructor(dealId: string) {
    super('The vintage curves are being reckoned out of the tapes that now count; ask again in a while.', { dealId });
  }
}

/** A tape that is to be paid by states balances alone. */
export class CollectionsUnstated extends Problem {
  readonly kind = 'conflict';
  readonly code = 'collections-unstated';
  constructor(tapeId: string, row: number) {
    super(
      `Row ${row} of the tape does not say what was collected in the month; import one that states two of interest collected, principal collected and total paid.`,
      { tapeId, row },
    );
  }
}
