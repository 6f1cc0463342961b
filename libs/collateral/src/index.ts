export { MONEY_COLUMNS, TAPE_COLUMNS, type ColumnRule, type MoneyColumn, type TapeColumn } from './tape/columns.js';
export { MissingColumns, TapeUnreadable, type UnreadableReason } from './tape/errors.js';
export { FINDINGS_KEPT_PER_RULE, TAPE_RULES, type Finding, type FindingWeight, type TapeRule } from './tape/finding.js';
export { LOAN_PARTS, loanParts, type LoanParts } from './tape/loan-parts.js';
export { rollDifference, type LoanMonth } from './tape/loan-month.js';
export { readTape, type TapeOptions, type TapeReading } from './tape/read-tape.js';
export { EligibilityValueInvalid } from './pool/errors.js';
export { selectPool, type ExcludedLoan, type PoolSelection } from './pool/select-pool.js';
export { closingsAfter, type PreviousClosings } from './report/continuity.js';
export type { DelinquencyBucket } from './report/delinquency.js';
export { ReportDoesNotTie } from './report/errors.js';
export { buildServicerReport, type ReportContext, type ServicerReportFigures } from './report/servicer-report.js';
export type { SignedSum } from './report/signed-sum.js';
export {
  type ExpectedPayment,
  expectedPayment,
  levelPayment,
  type PaymentTerms,
  PaymentTermsInvalid,
} from './expected/expected-payment.js';
export {
  type DeviationOptions,
  type PaymentDeviation,
  paymentDeviations,
  type PaymentReconciliation,
} from './expected/payment-deviations.js';
export { generateTape, SampleOptionsInvalid, type SampleTapeOptions } from './sample/generate-tape.js';
export type { PlantedError } from './sample/plant-error.js';
export { type AdjustableRate, type IndexCurves } from './projection/adjustable-rate.js';
export {
  ADVANCED_PAYMENTS,
  type Advances,
  AS_SCHEDULED,
  DEFAULTED_LOANS,
  type DefaultedLoans,
  MOST_MULTIPLE,
  MOST_RECOVERY_MONTHS,
  type Multipliers,
  type PoolAssumptions,
} from './projection/assumptions.js';
export { checkAssumptions } from './projection/check-assumptions.js';
export { type Curve, curveAt } from './projection/curve.js';
export {
  type Delinquency,
  LOAN_STATUSES,
  type LoanStatus,
  ROLL_TARGETS,
  type RollRates,
  type RollTarget,
} from './projection/delinquency.js';
export { emptyColumns, type LoanColumns, loanColumns, type RatePlan } from './projection/engine/loan-columns.js';
export { type EnginePlan, LoanEngine } from './projection/engine/loan-engine.js';
export {
  type Batch,
  BATCH_LOANS,
  batchesOf,
  FlowSums,
  planProjection,
  projectLoans,
  type SegmentedFlows,
} from './projection/engine/project-loans.js';
export { type AssumptionFault, IndexMissing, PoolAssumptionInvalid, PoolLineInvalid } from './projection/errors.js';
export { addFlows, POOL_FLOW_COLUMNS, type PoolFlowColumn, type PoolFlows } from './projection/pool-flows.js';
export { type Amortisation, AMORTISATIONS, checkLine, type LineRate, type PoolLine } from './projection/pool-line.js';
export { projectPool } from './projection/project-pool.js';
export {
  absToSmm,
  cprToSmm,
  DEFAULT_MODELS,
  type DefaultModel,
  PREPAYMENT_MODELS,
  type PrepaymentModel,
  psaToCpr,
  sdaToCdr,
  smmToAbs,
  smmToCpr,
  type Speed,
} from './projection/speed.js';
export * from './contracts/index.js';
