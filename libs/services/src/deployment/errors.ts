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

/** What was given as an address of the platform's terms is none. */
export class TermAddressInvalid extends Problem {
  readonly kind = 'invalid';
  readonly code: string;
  constructor(term: 'cash' | 'pledges' | 'admin', given: string, otherwise: string) {
    super(`"${given}" is not an address; give 0x and 40 hex digits, or null ${otherwise}.`, { [term]: given });
    this.code = `${term}-address-invalid`;
  }
}

/** Nobody is named who holds the admin's powers over the platform. */
export class AdminMissing extends Problem {
  readonly kind = 'invalid';
  readonly code = 'admin-missing';
  constructor(chainId: bigint) {
    super(
      `Chain ${chainId} is no development chain: give the address of a multisig or another account that is to be the admin.`,
      { chainId: chainId.toString() },
    );
  }
}

/** What was ordered is for development chains only: money that anybody makes, or powers that nobody sees coming. */
export class TermForDevelopment extends Problem {
  readonly kind = 'invalid';
  readonly code = 'term-for-development';
  constructor(term: 'cash' | 'timelock', chainId: bigint, wanted: string) {
    super(`Chain ${chainId} is no development chain: give ${wanted} as ${term}.`, {
      term,
      chainId: chainId.toString(),
    });
  }
}

/** The installation has a platform on other terms. */
export class PlatformDiffers extends Problem {
  readonly kind = 'conflict';
  readonly code = 'platform-differs';
  constructor(term: string, stands: string, given: string) {
    super(
      `This installation's platform has ${term} ${stands}, and ${given} was ordered. Its deals stand on it, so it is not replaced ` +
        'and nothing was sent: order it on its own terms, or set up another installation.',
      { term, stands, given },
    );
  }
}

/** The installation's platform is of another release: its contracts and its transactions are others. */
export class PlatformOlder extends Problem {
  readonly kind = 'conflict';
  readonly code = 'platform-older';
  constructor(by: string) {
    super(
      `This installation's platform was deployed by another release (${by}); nothing was sent. Its deals run on it to their end; ` +
        'set up another installation for new ones (docs/upgrade-policy.md).',
      { by },
    );
  }
}

/** The platform was deployed by the command and is this installation's by its manifest. */
export class PlatformGiven extends Problem {
  readonly kind = 'conflict';
  readonly code = 'platform-given';
  constructor(deployer: string) {
    super(`The platform was deployed by ${deployer} and taken over from its manifest; it is not deployed again.`, {
      deployer,
    });
  }
}

/** A manifest cannot be taken over. */
export class ManifestRefused extends Error {
  constructor(
    readonly file: string,
    readonly reason: string,
  ) {
    super(`The platform of ${file} cannot be this installation's: ${reason}. Correct WEIR_MANIFEST or the deployment.`);
    this.name = 'ManifestRefused';
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
