import type { LoanMonth, ServicerReportFigures } from '@weir/collateral';
import type { Deal } from '@weir/deal';
import { trialBalance, type JournalEntry } from '@weir/ledger';
import type { Hex } from '@weir/money';
import type { InvestorReport } from '@weir/reporting';
import { explainRun, summarise, type CompiledDeal, type Period, type RunResult } from '@weir/waterfall';
import type { PaymentRecord } from '../settlement/entities.js';
import { collectionsOf, lossesOf, poolOf } from './model-pool.js';
import { accountsOf, accrualStart, stepsOf, tranchesOf, triggersOf } from './model-run.js';
import { reconciliationLines } from './reconciliation.js';
import type { TapeFacts } from './tape-facts.js';
import type { VaultView } from './vault-view.js';

/** Everything that an investor report is made from; money in cents, the vault's view in base units where it says so. */
export interface ReportFacts {
  readonly deal: Deal;
  readonly compiled: CompiledDeal;
  readonly dates: Period;
  readonly cutOffPool: bigint;
  readonly loansAtCutOff: number;
  readonly figures: ServicerReportFigures;
  /** The pool's loans of this tape. */
  readonly loans: readonly LoanMonth[];
  readonly tape: TapeFacts;
  readonly run: RunResult;
  readonly payment: Pick<PaymentRecord, 'transactionHash' | 'reportDigest' | 'resultHash' | 'stateHash' | 'joint'>;
  readonly tapeRoot: Hex;
  /** Charge-offs less recoveries since the cut-off date, this period included. */
  readonly cumulativeNetLoss: bigint;
  readonly journal: readonly JournalEntry[];
  readonly vault: VaultView;
  /** The deal as its vault stood when it was read. */
  readonly standing: CompiledDeal;
  /** Day (UTC) of the block that books and vault are compared at. */
  readonly comparedOn: string;
  readonly chainId: bigint;
  readonly vaultAddress: Hex;
  /** By tranche. */
  readonly tokens: Readonly<Record<string, Hex>>;
}

function datesOf({ deal, compiled, dates }: ReportFacts): InvestorReport['dates'] {
  const { collectionFrom, collectionTo, recordDate, paymentDate } = dates;
  return {
    cutOffDate: deal.cutOffDate,
    closingDate: deal.closingDate,
    collectionFrom,
    collectionTo,
    accrualFrom: accrualStart(deal, compiled.periods, dates.period, 'paymentDate'),
    accrualTo: paymentDate,
    recordDate,
    paymentDate,
    // Not the day of writing: the same payment gives the same bytes.
    reportDate: paymentDate,
  };
}

function identityOf(facts: ReportFacts): InvestorReport['identity'] {
  const { reportDigest, resultHash, stateHash, transactionHash } = facts.payment;
  return {
    chainId: facts.chainId,
    vault: facts.vaultAddress,
    documentHash: facts.compiled.documentHash,
    programHash: facts.compiled.program.hash,
    reportDigest,
    resultHash,
    stateHash,
    tapeRoot: facts.tapeRoot,
    settleTransaction: transactionHash,
  };
}

function reconciliationOf({ standing, journal, vault, comparedOn }: ReportFacts): InvestorReport['reconciliation'] {
  return {
    unitsPerCent: vault.unitsPerCent,
    asOf: `block ${vault.block}, ${comparedOn}`,
    lines: reconciliationLines(standing, trialBalance(journal), vault),
  };
}

/** The investor report of a settled period: views of the servicer report, the run's trace, the books and the chain. */
export function investorReport(facts: ReportFacts): InvestorReport {
  const { deal, compiled, dates, figures, payment, run, tape } = facts;
  const summary = summarise(compiled, run);
  return {
    deal: deal.name,
    currency: deal.currency,
    period: dates.period,
    parties: { ...deal.parties },
    dates: datesOf(facts),
    identity: identityOf(facts),
    pool: poolOf(facts),
    collections: collectionsOf(figures, summary, payment.joint),
    waterfall: stepsOf(explainRun(compiled, run)),
    tranches: tranchesOf(deal, compiled, dates, summary, facts.tokens),
    fees: Object.entries(summary.fees).map(([name, fee]) => ({ name, ...fee })),
    residual: summary.residual,
    accounts: accountsOf(deal, compiled, summary),
    triggers: triggersOf(deal, summary),
    delinquency: figures.delinquency.map(({ bucket, loans, balance }) => ({ bucket, loans, balance })),
    losses: lossesOf(figures, facts.cumulativeNetLoss, facts.cutOffPool),
    conservation: summary.conservation,
    reconciliation: reconciliationOf(facts),
    tape: { rows: tape.rows, exclusions: [...tape.exclusions], findings: [...tape.findings] },
    verifyCommand: `weir verify DEAL --rpc URL --period ${dates.period}`,
  };
}
