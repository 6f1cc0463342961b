/** A deployment asks for the address of a step that it did not carry out: a fault of the program. */
export class StepUnknown extends Error {
  constructor(readonly step: string) {
    super(`No contract was deployed by a step named ${step}; send the step before its address is asked for.`);
    this.name = 'StepUnknown';
  }
}

/** A function that should be given to a role is not in the contract's interface: a fault of the program. */
export class FunctionUnknown extends Error {
  constructor(readonly method: string) {
    super(`The contract has no function ${method}; correct the list of restricted functions.`);
    this.name = 'FunctionUnknown';
  }
}

/** The account that deploys must have no power afterwards. */
export class AdminDeploys extends Error {
  constructor(readonly account: string) {
    super(`${account} deploys and cannot be the admin as well; name a multisig or another account as the admin.`);
    this.name = 'AdminDeploys';
  }
}

/** A power, or the stablecoin, would be nobody's. */
export class NobodyNamed extends Error {
  constructor(readonly term: string) {
    super(`The zero address is given as ${term}, and nobody has its key; give an account or a contract.`);
    this.name = 'NobodyNamed';
  }
}

/** A file is no manifest. */
export class ManifestUnreadable extends Error {
  constructor(
    readonly file: string,
    readonly reason: string,
  ) {
    super(
      `${file} is no manifest that can be gone on with (${reason}); give the file of the deployment, or a new name.`,
    );
    this.name = 'ManifestUnreadable';
  }
}

/** A deployment was begun on other terms than those given now. */
export class ManifestDiffers extends Error {
  constructor(
    readonly field: string,
    readonly begun: string,
    readonly given: string,
  ) {
    super(
      `The deployment of this manifest was begun with ${field} ${begun}, and now it is ${given}. Nothing was sent: give what ` +
        'it was begun with, or begin another deployment with a new manifest.',
    );
    this.name = 'ManifestDiffers';
  }
}

/** Another process goes on with the manifest. */
export class ManifestInUse extends Error {
  constructor(
    readonly file: string,
    readonly lock: string,
    readonly holder: string,
  ) {
    super(
      `${file} is in use by ${holder}; wait until it ends. If it is known that it no longer runs, delete ${lock} and run the ` +
        'command again.',
    );
    this.name = 'ManifestInUse';
  }
}

/** Terms for development, on a chain that others use. */
export class DevelopmentTerms extends Error {
  constructor(
    readonly chainId: string,
    readonly reason: string,
  ) {
    super(
      `Chain ${chainId} is no development chain, and ${reason}. Nothing was sent: give a timelock and a stablecoin, or say ` +
        'that it is a test (--development-terms).',
    );
    this.name = 'DevelopmentTerms';
  }
}

/** A step of the manifest was sent with other bytes than it would be now. */
export class StepChanged extends Error {
  constructor(readonly step: string) {
    super(
      `Step ${step} was sent with other code or arguments than it would be now. Nothing was sent: use the release that ` +
        'began the deployment, or begin another one with a new manifest.',
    );
    this.name = 'StepChanged';
  }
}

/** A step was mined and had no effect. */
export class StepReverted extends Error {
  constructor(
    readonly step: string,
    readonly reason: string,
  ) {
    super(`Step ${step} reverts (${reason}). Correct the cause and run the command again: it goes on with this step.`);
    this.name = 'StepReverted';
  }
}

/** Another transaction of the account was mined under the nonce of a step. */
export class NonceTaken extends Error {
  constructor(
    readonly step: string,
    readonly nonce: number,
  ) {
    super(
      `Another transaction of the account was mined with nonce ${nonce}, which step ${step} had. Run the command again: the ` +
        'step takes the next nonce. Send nothing else from the account meanwhile.',
    );
    this.name = 'NonceTaken';
  }
}

/** The chain did not mine a step in time. */
export class StepNotMined extends Error {
  constructor(
    readonly step: string,
    readonly waitedMs: number,
  ) {
    super(
      `Step ${step} was not mined, or not deep enough, within ${waitedMs / 1000} s, or the node does not give its receipt. Run ` +
        'the command again, with another node if need be: it goes on waiting, and sends nothing twice.',
    );
    this.name = 'StepNotMined';
  }
}

/** A payload that waits for its signature. */
export interface UnsignedStep {
  readonly step: string;
  readonly nonce: number;
  readonly unsigned: string;
  readonly signingHash: string;
}

/** Steps were laid out and wait for signatures; nothing went wrong. */
export class SignaturesNeeded extends Error {
  constructor(readonly waiting: readonly UnsignedStep[]) {
    super(
      `${waiting.length} transactions wait for the signatures of their account; bring them and run the command again.`,
    );
    this.name = 'SignaturesNeeded';
  }
}
