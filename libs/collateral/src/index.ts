export { MONEY_COLUMNS, TAPE_COLUMNS, type ColumnRule, type MoneyColumn, type TapeColumn } from './tape/columns.js';
export {
  LimitsInvalid,
  MappingInvalid,
  MissingColumns,
  MonthNotAfter,
  MonthTwice,
  TapeUnreadable,
  type UnreadableReason,
} from './tape/errors.js';
export {
  FindingLog,
  FINDINGS_KEPT_PER_RULE,
  TAPE_RULES,
  type Finding,
  type FindingWeight,
  type RuleTally,
  type TapeRule,
} from './tape/finding.js';
export { type ComparedTape, diffTapes, type TapeDifference } from './tape/findings/diff-tapes.js';
export { findingsCsv } from './tape/findings/findings-csv.js';
export { HISTORY_RULES, HistoryCheck, type LoanMemory, type TapeHistory } from './tape/history/tape-history.js';
export { StaticPools, type Vintage, type VintageMonth } from './tape/history/vintages.js';
export { isImpossible as isImpossiblePrincipal } from './tape/impossible-principal.js';
export { LOAN_PARTS, loanParts, type LoanParts } from './tape/loan-parts.js';
export {
  type LoanMonth,
  type LoanStanding,
  monthOfStated,
  openingOf,
  reportsMonth,
  rollDifference,
  standingOf,
  type StatedMonth,
} from './tape/loan-month.js';
export type { LoanRecord, ReadRow, RoleOf } from './tape/loan-record.js';
export { rolesOf } from './tape/loan-record.js';
export { mappingHash, parseMapping, printMapping } from './tape/mapping/mapping-file.js';
export type { DatePattern, MappedColumn, Mapping, TotalsMark, Unit } from './tape/mapping/mapping.js';
export { acceptProposal, type MappingProposal, type ProposedColumn, proposeMapping } from './tape/mapping/propose.js';
export { isAbsent } from './tape/cells.js';
export type { AssetClass, Field, Role } from './tape/model/field.js';
export { accrualMethod, type AccrualMethod } from './tape/model/accrual-method.js';
export { ASSET_CLASSES, assetClassNamed, LOAN_VOCABULARY } from './tape/model/asset-classes.js';
export { purposeOf } from './tape/model/needs.js';
export { repaymentKindOf, type RepaymentKind } from './tape/model/repayment-kind.js';
export { divideByMonth, type Division, monthOf, type MonthSource } from './tape/months/divide.js';
export { firstMonth, inMonthOrder, MonthChain } from './tape/months/month-order.js';
export type { ColumnReading } from './tape/months/row-month.js';
export type { SeveralMonths, TapeMonth } from './tape/months/several-months.js';
export { counted } from './tape/counted.js';
export { scoreTape, type TapeQuality, withHistory } from './tape/quality/score.js';
export { ConcentrationCheck } from './tape/stratify/concentration.js';
export type {
  AverageStanding,
  ConcentrationResult,
  PoolAverageLimit,
  PoolLimit,
  PoolPart,
  PoolShareLimit,
  ShareStanding,
} from './tape/stratify/limit.js';
export { averageText, boundText, type LimitView, limitView } from './tape/stratify/limit-view.js';
export { limitsFor, parseLimits } from './tape/stratify/limits-file.js';
export { unusableLimits, type WrittenLimit } from './tape/stratify/limits-of-class.js';
export { type StratificationTable, Stratifier, type Stratum } from './tape/stratify/stratify.js';
export { readTape, readTapeFile, readTapeSource, type TapeOptions, type TapeReading } from './tape/read-tape.js';
export type { FieldValue } from './tape/row-reader.js';
export { TAPE_LIMITS, type TapeLimits } from './tape/source/limits.js';
export { openTape, type OpenOptions, type TapeInput } from './tape/source/open-tape.js';
export type { SourceEvidence, SourceRecord, TapeFormat, TapeSource } from './tape/source/source.js';
export { streamTape, type TapeStream } from './tape/stream-tape.js';
export type { ReaderOptions, TapeResult } from './tape/tape-reader.js';
export { EligibilityValueInvalid } from './pool/errors.js';
export { selectPool, type ExcludedLoan, type PoolSelection } from './pool/select-pool.js';
export { closingsAfter, type PreviousClosings } from './report/continuity.js';
export type { DelinquencyBucket } from './report/delinquency.js';
export { ReportDoesNotTie } from './report/errors.js';
export { lossesOnce } from './report/losses-once.js';
export { buildServicerReport, type ReportContext, type ServicerReportFigures } from './report/servicer-report.js';
export type { SignedSum } from './report/signed-sum.js';
export { PaymentTermsInvalid } from './expected/check-payment.js';
export { type ExpectedPayment, expectedPayment, levelPayment, type LoanPayment } from './expected/expected-payment.js';
export type { PaymentTerms } from './expected/payment-terms.js';
export {
  type DeviationOptions,
  type PaymentDeviation,
  paymentDeviations,
  type PaymentReconciliation,
} from './expected/payment-deviations.js';
export { duePayment, type DueTerms } from './expected/due-payment.js';
export { PaymentReconciler } from './expected/reconcile-payments.js';
export {
  type InterestKind,
  type Paid,
  type PaymentsReconciled,
  type PaymentSums,
  type ReconciledLoan,
  type ReconcileOptions,
} from './expected/reconciled.js';
export { generateTape, SampleOptionsInvalid, type SampleTapeOptions } from './sample/generate-tape.js';
export { streamSampleTape, type StreamedTapeOptions } from './sample/stream-tape.js';
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
export {
  emptyColumns,
  type LoanColumns,
  loanColumns,
  type LoanPlan,
  type RatePlan,
} from './projection/engine/loan-columns.js';
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
export {
  type AssumptionFault,
  FirstMonthMissing,
  IndexMissing,
  PoolAssumptionInvalid,
  PoolLineInvalid,
} from './projection/errors.js';
export { addFlows, POOL_FLOW_COLUMNS, type PoolFlowColumn, type PoolFlows } from './projection/pool-flows.js';
export { type Amortisation, AMORTISATIONS, checkLine, type LineRate, type PoolLine } from './projection/pool-line.js';
export { projectPool } from './projection/project-pool.js';
export { type ProtectedStretch, type Protection, PROTECTIONS, readProtection } from './projection/protection.js';
export {
  type Holiday,
  HOLIDAY_INTEREST,
  LINE_DAY_COUNTS,
  type LineDayCount,
  type Modification,
  type ScheduleTerms,
} from './projection/schedule-terms.js';
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
