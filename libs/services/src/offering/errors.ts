import { Problem } from '../problem.js';

/** The account is not admitted, for the numbered reason that the contracts give too. */
export class NotAdmitted extends Problem {
  readonly kind = 'conflict';
  readonly code = 'not-admitted';
  constructor(account: string, reasonCode: number, reason: string) {
    super(`The account ${account} may not subscribe: ${reason}. Ask compliance to admit it.`, {
      account,
      reasonCode,
      reason,
    });
  }
}

/** The deal has no such tranche. */
export class NoSuchTranche extends Problem {
  readonly kind = 'invalid';
  readonly code = 'no-such-tranche';
  constructor(tranche: string, names: readonly string[]) {
    super(`The deal has no tranche ${tranche}; it has ${names.join(', ')}.`, { tranche, names });
  }
}

/** Less is left of the tranche than was asked for, or the account has less cash. */
export class SubscriptionExceeds extends Problem {
  readonly kind = 'conflict';
  readonly code = 'subscription-exceeds';
  constructor(what: 'tranche' | 'cash', left: string) {
    super(
      what === 'tranche'
        ? `Only ${left} is left of the tranche; subscribe to at most that.`
        : `The account holds ${left} of the settlement stablecoin; fund it first.`,
      { what, left },
    );
  }
}

/** The offering on chain was opened for another vault than the deal's: whatever is paid in would fund that one. */
export class OfferMisbound extends Problem {
  readonly kind = 'conflict';
  readonly code = 'offer-misbound';
  constructor(vault: string, expected: string) {
    super(
      `The offering on chain is bound to the vault ${vault}, the deal's is ${expected}. Do not subscribe; tell the issuer.`,
      { vault, expected },
    );
  }
}

/** Subscriptions are whole lots. */
export class NotWholeLots extends Problem {
  readonly kind = 'invalid';
  readonly code = 'not-whole-lots';
  constructor(amount: string, lot: string) {
    super(`${amount} is no whole number of lots of ${lot}; subscribe to one.`, { amount, lot });
  }
}

/** The investor would pass what one investor may subscribe. */
export class InvestorLimitPassed extends Problem {
  readonly kind = 'conflict';
  readonly code = 'investor-limit-passed';
  constructor(limit: string, subscribed: string) {
    super(`An investor may subscribe ${limit} of the tranche, of which the account has ${subscribed}.`, {
      limit,
      subscribed,
    });
  }
}

/** The deal asks for an attestation of its collateral, and none is valid now. */
export class NotAttested extends Problem {
  readonly kind = 'conflict';
  readonly code = 'not-attested';
  constructor(dealId: string) {
    super('No valid attestation covers the notes; have the independent signers attest, then close.', { dealId });
  }
}

/** More notes would be minted than collateral and reserve were attested. */
export class AttestationExceeded extends Problem {
  readonly kind = 'conflict';
  readonly code = 'attestation-exceeded';
  constructor(face: string, attested: string) {
    super(`Notes of ${face} would be minted against ${attested} attested; have what is missing attested.`, {
      face,
      attested,
    });
  }
}

/** An offering is declared failed when its deadline, or that of its closing, is over. */
export class OfferingNotOver extends Problem {
  readonly kind = 'conflict';
  readonly code = 'offering-not-over';
  /** @param until last instant at which it goes on, ISO 8601 */
  constructor(until: string) {
    super(`The offering goes on until ${until}; declare it failed after that, or have the issuer call it off.`, {
      until,
    });
  }
}

/** The deal closes only when the minimum of every tranche is subscribed. */
export class NotFullySubscribed extends Problem {
  readonly kind = 'conflict';
  readonly code = 'not-fully-subscribed';
  /** @param missing what is not subscribed yet, by tranche, decimal strings */
  constructor(missing: Readonly<Record<string, string>>) {
    const list = Object.entries(missing).map(([tranche, amount]) => `${amount} of class ${tranche}`);
    super(`Not subscribed yet: ${list.join(', ')}. Find subscribers for it, or call the offering off.`, { missing });
  }
}
