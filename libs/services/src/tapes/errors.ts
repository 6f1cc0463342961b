import { Problem } from '../problem.js';

/** The tape is not (or not yet) imported, so that nothing can be built on it. */
export class TapeNotImported extends Problem {
  readonly kind = 'conflict';
  readonly code = 'tape-not-imported';
  constructor(tapeId: string, status: string, failure: string | null) {
    super(
      failure === null
        ? `Tape ${tapeId} is ${status}; wait until it is imported.`
        : `Tape ${tapeId} was rejected: ${failure}`,
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
    super('The file is empty; send the tape as the body of the request (text/csv).');
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
