import type { PlainDate } from '@weir/calendar';
import type { Hex } from '@weir/money';

/** One organisation named by the deal document. */
export interface ReportParties {
  sponsor: string;
  issuingEntity: string;
  servicer: string;
  trustee: string;
  calculationAgent: string;
}

/** The dates of one period, resolved when the deal was compiled. */
export interface ReportDates {
  cutOffDate: PlainDate;
  closingDate: PlainDate;
  collectionFrom: PlainDate;
  collectionTo: PlainDate;
  accrualFrom: PlainDate;
  /** First day that no longer accrues, i.e. the period's payment date. */
  accrualTo: PlainDate;
  recordDate: PlainDate;
  paymentDate: PlainDate;
  /** The day the report is dated; also the PDF's creation date, so equal models give equal bytes. */
  reportDate: PlainDate;
}

/** What identifies the run on chain. `settleTransaction` is null until the settlement is mined. */
export interface ReportIdentity {
  chainId: bigint;
  vault: Hex;
  documentHash: Hex;
  programHash: Hex;
  reportDigest: Hex;
  resultHash: Hex;
  stateHash: Hex;
  tapeRoot: Hex;
  settleTransaction: Hex | null;
}

/** Pool balances in cents. `rollDifference` is what the roll leaves unexplained; zero when everything ties. */
export interface ReportPool {
  cutOffBalance: bigint;
  loansAtCutOff: number;
  opening: bigint;
  openingLoans: number;
  principal: bigint;
  otherPrincipalAdjustment: bigint;
  chargeOffs: bigint;
  repurchasedPrincipal: bigint;
  rollDifference: bigint;
  closing: bigint;
  closingLoans: number;
  payoffs: { loans: number; amount: bigint };
  /** Further figures in the order in which they are to be read, already as text. */
  statistics: { name: string; value: string }[];
}

/** Collections of the period in cents. Gross parts and reversals are both zero or more; net = gross − reversed. */
export interface ReportCollections {
  interest: { gross: bigint; reversed: bigint };
  principal: { gross: bigint; reversed: bigint };
  recoveries: { gross: bigint; reversed: bigint };
  repurchaseProceeds: { gross: bigint; reversed: bigint };
  /** Sum of the four nets. */
  available: bigint;
  /** What the borrowers paid that belongs to the servicer: reported, not deposited. */
  otherCollected: bigint;
  reversalRows: number;
  /** Cents due from the servicer this period, cents that arrived, and what is carried. */
  remittance: bigint;
  deposit: bigint;
  servicerReceivable: bigint;
  suspense: bigint;
  /** True when trustee and calculation agent settled on a deposit other than the remittance. */
  settledJointly: boolean;
}

/** One step of the priority of payments, in cents; due = paid + short. */
export interface ReportStep {
  step: number;
  label: string;
  kind: string;
  from: string;
  to: string;
  due: bigint;
  paid: bigint;
  short: bigint;
  sentence: string;
}

/** One class of notes, in cents. `coupon` and `factor` are integers at `RATE_SCALE` (1e12). */
export interface ReportTranche {
  name: string;
  coupon: bigint;
  dayCount: string;
  accrualDays: number;
  token: Hex | null;
  original: bigint;
  opening: bigint;
  interestDue: bigint;
  interestPaid: bigint;
  interestShortfall: bigint;
  principalPaid: bigint;
  closing: bigint;
  factor: bigint;
}

/** One account of the deal in cents; closing = opening + in − out. `target` is null where there is none. */
export interface ReportAccount {
  name: string;
  opening: bigint;
  in: bigint;
  out: bigint;
  closing: bigint;
  target: bigint | null;
}

/** A test of the deal. `unit` says whether its figures are cents or integers at `RATE_SCALE`. */
export interface ReportTrigger {
  name: string;
  description: string;
  /** Null, with the figures, for a test that is more than one comparison of amounts or numbers. */
  unit: 'money' | 'ratio' | null;
  value: bigint | null;
  threshold: bigint | null;
  /** Room left before the trigger is hit; negative once it is. */
  distance: bigint | null;
  on: boolean;
}

/** Loans by days past due at the end of the collection period; closing balance in cents. */
export interface ReportDelinquency {
  bucket: string;
  loans: number;
  balance: bigint;
}

/** Losses in cents. `cumulativeNetLossRatio` is an integer at `RATE_SCALE` over the cut-off pool. */
export interface ReportLosses {
  chargeOffs: bigint;
  recoveries: bigint;
  netLoss: bigint;
  cumulativeNetLoss: bigint;
  cumulativeNetLossRatio: bigint;
}

/**
 * One line of the reconciliation, in the settlement cash's base units (`unitsPerCent` of them a cent).
 * `bank` is null where no statement exists; a difference is the largest of the three less the smallest.
 */
export interface ReportReconciliationLine {
  item: string;
  books: bigint;
  chain: bigint;
  bank: bigint | null;
}

/** A rule that turned loans away at the cut-off date; balances in cents. */
export interface ReportExclusion {
  reason: string;
  loans: number;
  balance: bigint;
}

/** Findings of one rule when the tape was read. */
export interface ReportFinding {
  rule: string;
  weight: 'blocks' | 'warns';
  count: number;
  message: string;
}

/** Everything an investor report says. Money is bigint cents unless a member says otherwise. */
export interface InvestorReport {
  deal: string;
  currency: string;
  period: number;
  parties: ReportParties;
  dates: ReportDates;
  identity: ReportIdentity;
  pool: ReportPool;
  collections: ReportCollections;
  waterfall: ReportStep[];
  tranches: ReportTranche[];
  fees: { name: string; due: bigint; paid: bigint; short: bigint }[];
  residual: bigint;
  accounts: ReportAccount[];
  triggers: ReportTrigger[];
  delinquency: ReportDelinquency[];
  losses: ReportLosses;
  conservation: { openingPlusDeposits: bigint; paymentsPlusClosing: bigint };
  reconciliation: { unitsPerCent: bigint; asOf: string; lines: ReportReconciliationLine[] };
  tape: { rows: number; exclusions: ReportExclusion[]; findings: ReportFinding[] };
  /** The exact command that re-derives this payment date, e.g. `weir verify DEAL --rpc URL --period 1`. */
  verifyCommand: string;
}
