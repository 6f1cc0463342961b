import type { Finding } from '@weir/collateral';
import { formatMoney } from '@weir/money';
import { Problem } from '../problem.js';

/** The tape leaves the report incomplete: pool loans are missing or the period is another. */
export class ReportBlocked extends Problem {
  readonly kind = 'conflict';
  readonly code = 'report-blocked';
  constructor(readonly findings: readonly Finding[]) {
    super(
      `The servicer report cannot be made: ${findings.length} finding(s) block it. ` +
        `First: ${findings[0]?.message ?? ''} — ${findings[0]?.remedy ?? ''}.`,
      { findings: findings.slice(0, 100) },
    );
  }
}

/** What the tape says now is not what the report was prepared from. */
export class ReportNotReproduced extends Problem {
  readonly kind = 'conflict';
  readonly code = 'report-not-reproduced';
  constructor(prepared: string, reproduced: string) {
    super('The tape no longer gives the report that was prepared; have the servicer prepare it again.', {
      prepared,
      reproduced,
    });
  }
}

/** A signature that the settlement needs is missing. */
export class SignatureMissing extends Problem {
  readonly kind = 'conflict';
  readonly code = 'signature-missing';
  constructor(party: string) {
    super(`The ${party} has not signed the servicer report; ask it to.`, { party });
  }
}

/** The cash in the vault is not what the report makes due. Nothing settles by itself. */
export class DepositDiffers extends Problem {
  readonly kind = 'conflict';
  readonly code = 'deposit-differs';
  constructor(remittance: bigint, held: bigint) {
    super(
      `The report makes ${formatMoney(remittance)} due and the vault holds ${formatMoney(held)}; deposit the rest, ` +
        'or let trustee and calculation agent agree to settle on the cash held.',
      { remittance: formatMoney(remittance), held: formatMoney(held) },
    );
  }
}

/** Trustee and calculation agent name different amounts, or not the cash that the vault holds. */
export class JointAmountDiffers extends Problem {
  readonly kind = 'conflict';
  readonly code = 'joint-amount-differs';
  constructor(named: bigint, held: bigint) {
    super(`The agreement names ${formatMoney(named)} and the vault holds ${formatMoney(held)}; name what it holds.`, {
      named: formatMoney(named),
      held: formatMoney(held),
    });
  }
}

/** The exact executor and the EVM differ. Nothing may be paid on either. */
export class ExecutorsDiffer extends Problem {
  readonly kind = 'unavailable';
  readonly code = 'executors-differ';
  constructor(readonly differences: readonly string[]) {
    super('The exact executor and the EVM give different results; nothing was sent. Report this as a fault of Weir.', {
      differences,
    });
  }
}

/** The program stopped on the report's figures. */
export class RunStopped extends Problem {
  readonly kind = 'conflict';
  readonly code = 'run-stopped';
  constructor(message: string) {
    super(`The payment cannot be calculated: ${message}`);
  }
}

/** The contract refuses the claim for a numbered reason; the money waits. */
export class ClaimRefused extends Problem {
  readonly kind = 'conflict';
  readonly code = 'claim-refused';
  constructor(reasonCode: number, reason: string, waiting: { interest: string; principal: string; tax: string }) {
    super(`The claim is refused: ${reason}. What is due waits for you.`, { reasonCode, reason, waiting });
  }
}

/** What the chain paid is not what its inputs give off chain. Alarm: nothing further is posted. */
export class ResultNotReproduced extends Problem {
  readonly kind = 'unavailable';
  readonly code = 'result-not-reproduced';
  constructor(period: number, paid: string, reproduced: string) {
    super(`Period ${period} was paid with result ${paid} and its inputs give ${reproduced}; stop and investigate.`, {
      period,
      paid,
      reproduced,
    });
  }
}

/** The chain settled a period that the deal's schedule does not have. */
export class BooksNotTraceable extends Problem {
  readonly kind = 'unavailable';
  readonly code = 'books-not-traceable';
  constructor(dealId: string, period: number) {
    super(`Deal ${dealId} has no period ${period} in its schedule; nothing was posted.`, { dealId, period });
  }
}

/** The vault and the database stand at different points: the indexer has not followed the chain yet. */
export class StatesDiffer extends Problem {
  readonly kind = 'conflict';
  readonly code = 'states-differ';
  constructor(period: number, settledOnChain: number) {
    super(
      `Period ${period} cannot be worked on now: the chain has settled ${settledOnChain} period(s) and the books are ` +
        'still following it; try again in a moment.',
      { period, settledOnChain },
    );
  }
}

/** The vault has a report of the period already. */
export class ReportSubmitted extends Problem {
  readonly kind = 'conflict';
  readonly code = 'report-submitted';
  constructor(period: number, digest: string) {
    super(`The vault has a report of period ${period}; have servicer or trustee withdraw it before another is made.`, {
      period,
      digest,
    });
  }
}

/** The signed report is not on chain yet. */
export class ReportNotSubmitted extends Problem {
  readonly kind = 'conflict';
  readonly code = 'report-not-submitted';
  constructor(period: number) {
    super(`The report of period ${period} is not on chain yet; try again in a moment.`, { period });
  }
}

/** The report can still be disputed. */
export class DisputeDelayRuns extends Problem {
  readonly kind = 'conflict';
  readonly code = 'dispute-delay-runs';
  constructor(period: number, settleAfter: number) {
    const until = new Date(settleAfter * 1000).toISOString();
    super(`The report of period ${period} can be disputed until ${until}; settle from then on.`, { period, until });
  }
}

/** A dispute stands. */
export class ReportDisputed extends Problem {
  readonly kind = 'conflict';
  readonly code = 'report-disputed';
  constructor(period: number) {
    super(
      `The report of period ${period} is disputed; let trustee and calculation agent dismiss the dispute, or servicer ` +
        'or trustee withdraw the report.',
      { period },
    );
  }
}

/** The report was disputed before, or can no longer be. */
export class DisputeRefused extends Problem {
  readonly kind = 'conflict';
  readonly code = 'dispute-refused';
  constructor(period: number, why: string) {
    super(`The report of period ${period} cannot be disputed: ${why}.`, { period });
  }
}

/** There is no dispute to dismiss. */
export class NotDisputed extends Problem {
  readonly kind = 'conflict';
  readonly code = 'not-disputed';
  constructor(period: number) {
    super(`No dispute of the report of period ${period} stands.`, { period });
  }
}

/** A settlement of the period is on its way. */
export class SettlementInFlight extends Problem {
  readonly kind = 'conflict';
  readonly code = 'settlement-in-flight';
  constructor(period: number) {
    super(`A settlement of period ${period} is on its way; wait until it is mined or has failed.`, { period });
  }
}

/** The vault does not hold what the report makes due yet: a deposit is on its way. */
export class DepositInFlight extends Problem {
  readonly kind = 'conflict';
  readonly code = 'deposit-in-flight';
  constructor(remittance: bigint, held: bigint) {
    super(
      `The report makes ${formatMoney(remittance)} due, the vault holds ${formatMoney(held)} and a deposit is on its ` +
        'way; settle once it is mined.',
      { remittance: formatMoney(remittance), held: formatMoney(held) },
    );
  }
}

/** The report was prepared on another state than the one in which the period starts now. */
export class ReportOutdated extends Problem {
  readonly kind = 'conflict';
  readonly code = 'report-outdated';
  constructor(period: number) {
    super(
      `The report of period ${period} was prepared on a state that is no longer; have the servicer prepare it again.`,
      {
        period,
      },
    );
  }
}

/** Two of the signatures that must be different people's would be one person's. */
export class SignerNotIndependent extends Problem {
  readonly kind = 'forbidden';
  readonly code = 'signer-not-independent';
  constructor(part: string, other: string) {
    super(`Whoever acted as ${other} may not sign as ${part}, whatever the account; ask a colleague.`, { part, other });
  }
}

/** The chain has an amendment in force whose document is not known here: it was proposed past the API. */
export class AmendmentUnknown extends Problem {
  readonly kind = 'unavailable';
  readonly code = 'amendment-unknown';
  constructor(fromPeriod: number, programHash: string) {
    super(
      `Program ${programHash} is in force from period ${fromPeriod} on, and its document was never proposed here; ` +
        'the books stop until it is entered.',
      { fromPeriod, programHash },
    );
  }
}
