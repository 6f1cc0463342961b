import type { LoanMonth, ServicerReportFigures } from '@weir/collateral';
import { RATE_SCALE, formatRate, groupMoney, mulDiv } from '@weir/money';
import type { InvestorReport, ReportCollections, ReportPool } from '@weir/reporting';
import type { RunSummary } from '@weir/waterfall';

/** What the pool's section is made from; money in cents. */
export interface PoolFacts {
  readonly figures: ServicerReportFigures;
  /** The pool's loans of this tape, zero balances included. */
  readonly loans: readonly LoanMonth[];
  readonly cutOffPool: bigint;
  readonly loansAtCutOff: number;
}

/** Average weighted by closing balance over the loans that state the value, half up; null when none does. */
function weightedAverage(loans: readonly LoanMonth[], value: (loan: LoanMonth) => bigint | null): bigint | null {
  let [weight, sum] = [0n, 0n];
  for (const loan of loans) {
    const stated = value(loan);
    if (stated === null) continue;
    weight += loan.closing;
    sum += stated * loan.closing;
  }
  return weight === 0n ? null : mulDiv(sum, 1n, weight, 'half-up');
}

function statisticsOf({ figures, loans }: PoolFacts): ReportPool['statistics'] {
  const open = loans.filter(({ closing }) => closing > 0n);
  const average = open.length === 0 ? 0n : mulDiv(figures.poolClosing, 1n, BigInt(open.length), 'half-up');
  const rate = weightedAverage(open, ({ currentRate }) => currentRate);
  const score = weightedAverage(open, ({ creditScore }) => (creditScore === null ? null : BigInt(creditScore)));
  return [
    { name: 'Average closing balance', value: groupMoney(average) },
    { name: 'Average interest rate, weighted', value: rate === null ? 'not stated' : formatRate(toBasisPoint(rate)) },
    { name: 'Average credit score, weighted', value: score === null ? 'not stated' : score.toString() },
    { name: 'Loans extended in the period', value: figures.extensions.toString() },
    { name: 'Loans of the tape outside the pool', value: figures.outsidePool.toString() },
  ];
}

/** A rate at `RATE_SCALE` to two decimals of a percentage, half up. */
function toBasisPoint(rate: bigint): bigint {
  const step = 100_000_000n;
  return mulDiv(rate, 1n, step, 'half-up') * step;
}

/**
 * The pool of the report. Repurchased principal is part of the tape's other adjustments and is not shown twice.
 * `rollDifference` is what opening less every reduction exceeds closing by.
 */
export function poolOf(facts: PoolFacts): ReportPool {
  const { figures, loans } = facts;
  const explained = figures.principal.net + figures.otherPrincipalAdjustment + figures.chargeOffs.net;
  return {
    cutOffBalance: facts.cutOffPool,
    loansAtCutOff: facts.loansAtCutOff,
    opening: figures.poolOpening,
    openingLoans: loans.filter(({ opening }) => opening > 0n).length,
    principal: figures.principal.net,
    otherPrincipalAdjustment: figures.otherPrincipalAdjustment,
    chargeOffs: figures.chargeOffs.net,
    repurchasedPrincipal: 0n,
    rollDifference: figures.poolOpening - explained - figures.poolClosing,
    closing: figures.poolClosing,
    closingLoans: loans.filter(({ closing }) => closing > 0n).length,
    payoffs: { loans: figures.payoffs.count, amount: figures.payoffs.amount },
    statistics: statisticsOf(facts),
  };
}

/** Collections of the report, and how the cash that came in compares with them. */
export function collectionsOf(
  figures: ServicerReportFigures,
  summary: Pick<RunSummary, 'remittance' | 'deposit' | 'servicerReceivable' | 'suspense'>,
  settledJointly: boolean,
): ReportCollections {
  const part = ({ gross, reversed }: { gross: bigint; reversed: bigint }) => ({ gross, reversed });
  return {
    interest: part(figures.interestCollected),
    principal: part(figures.principal),
    recoveries: part(figures.recoveries),
    repurchaseProceeds: part(figures.repurchaseProceeds),
    available: figures.availableCollections,
    otherCollected: figures.otherCollected,
    reversalRows: figures.reversalRows,
    remittance: summary.remittance,
    deposit: summary.deposit,
    servicerReceivable: summary.servicerReceivable,
    suspense: summary.suspense,
    settledJointly,
  };
}

/** Charge-offs less recoveries since the cut-off date, in cents, this period included. */
export function lossesOf(
  figures: ServicerReportFigures,
  cumulativeNetLoss: bigint,
  cutOffPool: bigint,
): InvestorReport['losses'] {
  const [chargeOffs, recoveries] = [figures.chargeOffs.net, figures.recoveries.net];
  return {
    chargeOffs,
    recoveries,
    netLoss: chargeOffs - recoveries,
    cumulativeNetLoss,
    cumulativeNetLossRatio: mulDiv(cumulativeNetLoss, RATE_SCALE, cutOffPool, 'half-up'),
  };
}
