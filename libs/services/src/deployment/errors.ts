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

/** What was given as the settlement stablecoin is no address. */
export class CashAddressInvalid extends Problem {
  readonly kind = 'invalid';
  readonly code = 'cash-address-invalid';
  constructor(cash: string) {
    super(`"${cash}" is not an address; give 0x and 40 hex digits, or null on a development chain.`, { cash });
  }
}

/** What was given as the registry of pledges is no address. */
export class PledgesAddressInvalid extends Problem {
  readonly kind = 'invalid';
  readonly code = 'pledges-address-invalid';
  constructor(pledges: string) {
    super(`"${pledges}" is not an address; give 0x and 40 hex digits, or null to have a registry deployed.`, {
      pledges,
    });
  }
}

/** The deal to be deployed is not, or no longer, the one that was approved. */
export class NotAsApproved extends Problem {
  readonly kind = 'conflict';
  readonly code = 'not-as-approved';
  constructor(dealId: string, approved: string | null, compiled: string) {
    super(`Deal ${dealId} compiles to ${compiled} and ${approved ?? 'nothing'} was approved; nothing was deployed.`, {
      dealId,
      approved,
      compiled,
    });
  }
}

/** The document names a party beside the five roles where an account is needed, and no account of it is known. */
export class PayeeWithoutAccount extends Problem {
  readonly kind = 'invalid';
  readonly code = 'payee-without-account';
  constructor(payee: string, party: string) {
    super(
      `"${payee}" is paid to "${party}", of which no account is known; name its account in onChain.accounts, or one of the five roles.`,
      {
        payee,
        party,
      },
    );
  }
}
