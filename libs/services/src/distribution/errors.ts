import { Problem } from '../problem.js';

/** No holder of the class can be paid for the period now. */
export class NothingToPush extends Problem {
  readonly kind = 'conflict';
  readonly code = 'nothing-to-push';
  constructor(tranche: string, period: number) {
    super(`No holder of class ${tranche} waits for period ${period}, or none is admitted; look at each one's claim.`, {
      tranche,
      period,
    });
  }
}

/** Whoever proposed to move unclaimed money does not approve it. */
export class ApproverIsProposer extends Problem {
  readonly kind = 'forbidden';
  readonly code = 'approver-is-proposer';
  constructor() {
    super('Whoever proposed the move of unclaimed money does not approve it; ask another person.');
  }
}
