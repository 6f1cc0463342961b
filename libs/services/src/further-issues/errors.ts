import { Problem } from '../problem.js';

/** The terms contradict themselves or the deal. */
export class IssueTermsInvalid extends Problem {
  readonly kind = 'invalid';
  readonly code = 'issue-terms-invalid';
  constructor(readonly faults: readonly string[]) {
    super(`The issue cannot be made: ${faults.join('; ')}.`, { faults });
  }
}

/** Not all of the issue is subscribed. */
export class IssueNotSubscribed extends Problem {
  readonly kind = 'conflict';
  readonly code = 'issue-not-subscribed';
  constructor(missing: string) {
    super(`${missing} of the issue are not subscribed; it is issued whole, or refunded.`, { missing });
  }
}
