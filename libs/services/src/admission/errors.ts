import type { FactFault } from '@weir/compliance';
import { Problem } from '../problem.js';

/** The KYC record has faults; all of them are listed. */
export class KycRecordInvalid extends Problem {
  readonly kind = 'invalid';
  readonly code = 'kyc-record-invalid';
  constructor(faults: readonly FactFault[]) {
    super('The KYC record is not complete: ' + faults.map((f) => `${f.field}: ${f.message}`).join('; '), { faults });
  }
}

/** The step breaks the admission's order or the four-eyes rule. */
export class AdmissionRefused extends Problem {
  readonly kind = 'conflict';
  readonly code = 'admission-refused';
  constructor(message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message, details);
  }
}

/** No screening list has been loaded, so that nobody can be screened. */
export class NoScreeningList extends Problem {
  readonly kind = 'conflict';
  readonly code = 'no-screening-list';
  constructor() {
    super('No screening list is loaded; load one first (PUT /screening-list).');
  }
}
