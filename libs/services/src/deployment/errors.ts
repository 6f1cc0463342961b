import { Problem } from '../problem.js';

/** The contracts a command needs are not deployed yet. */
export class NotDeployed extends Problem {
  readonly kind = 'conflict';
  readonly code = 'not-deployed';
  constructor(what: string) {
    super(`${what} is not deployed yet; wait until its deployment is complete, or start it.`, { what });
  }
}

/** A transaction of a deployment failed; the message has the contract's reason. */
export class DeploymentFailed extends Problem {
  readonly kind = 'unavailable';
  readonly code = 'deployment-failed';
  constructor(transactionId: string, reason: string) {
    super(`Transaction ${transactionId} failed: ${reason}. Correct the cause and start the deployment again.`, {
      transactionId,
      reason,
    });
  }
}

/** A transaction was not mined in the time that a step of a deployment waits. */
export class StillPending extends Problem {
  readonly kind = 'unavailable';
  readonly code = 'still-pending';
  constructor(transactionId: string, waitedMs: number) {
    super(`Transaction ${transactionId} was not mined within ${waitedMs / 1000} s; the job goes on by itself.`, {
      transactionId,
    });
  }
}
