import type { PlainDate } from '@weir/calendar';
import type { Finding } from '../tape/finding.js';
import { LOAN_PARTS, loanParts, principalReversed, type LoanParts } from '../tape/loan-parts.js';
import { rollDifference, type LoanMonth } from '../tape/loan-month.js';
import type { ReportedTape } from './reported-tape.js';
import { checkContinuity, type PreviousClosings } from './continuity.js';
import { delinquencyOf, type DelinquencyBucket } from './delinquency.js';
import { ReportDoesNotTie } from './errors.js';
import { signedSum, type SignedSum } from './signed-sum.js';

export interface ReportContext {
  previousClosings: PreviousClosings;
  /** The collection period of the deal, when the tape must be of it. */
  collectionFrom?: PlainDate;
  collectionTo?: PlainDate;
}

/** The servicer report's figures over the pool's loans; money in cents. */
export interface ServicerReportFigures {
  collectionFrom: PlainDate;
  collectionTo: PlainDate;
  /** Pool loans with a row in this tape, zero balances included. */
  loans: number;
  poolOpening: bigint;
  poolClosing: bigint;
  interestCollected: SignedSum;
  /** What the waterfall calls principalCollected; returned payments are in `reversed`, see `loanParts`. */
  principal: SignedSum;
  recoveries: SignedSum;
  repurchaseProceeds: SignedSum;
  chargeOffs: SignedSum;
  /** Signed, returned payments left out: positive where it lowered balances, negative where it raised them. */
  otherPrincipalAdjustment: bigint;
  /** The servicer's own: reported, never deposited. */
  otherCollected: bigint;
  /** Interest, principal, recoveries and repurchase proceeds, net of reversals: what the servicer owes the vault. */
  availableCollections: bigint;
  /** Loans prepaid or matured (zero balance code 1) and the principal they paid this month. */
  payoffs: { count: number; amount: bigint };
  /** Rows of returned payments. */
  reversalRows: number;
  /** Loans whose payments were extended this month. */
  extensions: number;
  delinquency: DelinquencyBucket[];
  notRolling: { key: string; row: number; difference: bigint }[];
  /** Rows of loans that are not in the pool, counted aside and in no sum. */
  outsidePool: number;
  /** Loans vanished, blocked or reopened, and a tape of another period; none may block when the report is signed. */
  findings: Finding[];
}

function checkPeriod(tape: ReportedTape, { collectionFrom, collectionTo }: ReportContext): Finding[] {
  const from = collectionFrom ?? tape.reportingFrom;
  const to = collectionTo ?? tape.reportingTo;
  if (from === tape.reportingFrom && to === tape.reportingTo) return [];
  const own = `${tape.reportingFrom} to ${tape.reportingTo}`;
  return [
    {
      row: null,
      column: 'reportingPeriodEndingDate',
      value: own,
      rule: 'another-period',
      weight: 'blocks',
      message: `the tape is of ${own}, the collection period is ${from} to ${to}`,
      remedy: 'hand in the tape of the collection period',
    },
  ];
}

const sum = (amounts: bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

function countsOf(pool: readonly LoanMonth[]) {
  const paidOff = pool.filter((loan) => loan.zeroBalanceCode === '1' && loan.closing === 0n);
  return {
    payoffs: { count: paidOff.length, amount: sum(paidOff.map((loan) => loan.principal)) },
    reversalRows: pool.filter((loan) => principalReversed(loan) > 0n).length,
    extensions: pool.filter((loan) => (loan.extensionMonths ?? 0) > 0).length,
    delinquency: delinquencyOf(pool),
    notRolling: pool
      .map((loan) => ({ key: loan.key, row: loan.row, difference: rollDifference(loan) }))
      .filter(({ difference }) => difference !== 0n),
  };
}

const ZERO_PARTS = Object.fromEntries(LOAN_PARTS.map((name) => [name, 0n])) as LoanParts;

function moneyOf(pool: readonly LoanMonth[]) {
  const total = { ...ZERO_PARTS };
  for (const loan of pool) {
    const parts = loanParts(loan);
    for (const name of LOAN_PARTS) total[name] += parts[name];
  }
  const interestCollected = signedSum(total.interestGross, total.interestReversed);
  const principal = signedSum(total.principalGross, total.principalReversed);
  const recoveries = signedSum(total.recoveryGross, total.recoveryReversed);
  const repurchaseProceeds = signedSum(total.repurchaseGross, total.repurchaseReversed);
  return {
    poolOpening: total.opening,
    poolClosing: total.closing,
    interestCollected,
    principal,
    recoveries,
    repurchaseProceeds,
    chargeOffs: signedSum(total.chargeOffGross, total.chargeOffReversed),
    otherPrincipalAdjustment: total.adjustmentLowering - total.adjustmentRaising,
    otherCollected: sum(pool.map((loan) => loan.other ?? 0n)),
    availableCollections: interestCollected.net + principal.net + recoveries.net + repurchaseProceeds.net,
  };
}

/** closing − opening = −principal − adjustment − charge-offs + what single rows fail to roll by, over the whole pool. */
function assertTies(report: Omit<ServicerReportFigures, 'findings'>): void {
  const explained = report.principal.net + report.otherPrincipalAdjustment + report.chargeOffs.net;
  const shown = report.notRolling.reduce((total, { difference }) => total + difference, 0n);
  const unexplained = report.poolClosing - report.poolOpening + explained - shown;
  if (unexplained !== 0n) throw new ReportDoesNotTie(report.poolOpening, report.poolClosing, unexplained);
}

/**
 * Adds the rows of the pool's loans up to the servicer report. Rows outside the pool are counted aside. What does not
 * tie is named with its amount and never scaled away.
 */
export function buildServicerReport(
  tape: ReportedTape,
  poolKeys: ReadonlySet<string>,
  context: ReportContext,
): ServicerReportFigures {
  const pool = tape.loans.filter((loan) => poolKeys.has(loan.key));
  const figures = {
    collectionFrom: tape.reportingFrom,
    collectionTo: tape.reportingTo,
    loans: pool.length,
    ...moneyOf(pool),
    ...countsOf(pool),
    outsidePool: tape.rows - pool.length - tape.blocked.filter(({ key }) => key !== null && poolKeys.has(key)).length,
  };
  assertTies(figures);
  const findings = [...checkPeriod(tape, context), ...checkContinuity(tape, pool, poolKeys, context.previousClosings)];
  return { ...figures, findings };
}
