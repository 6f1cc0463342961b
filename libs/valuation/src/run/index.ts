export * from './errors.js';
export { collectionsTable } from './files/collections-file.js';
export { readPool } from './files/pool-file.js';
export { TREASURY_INDEX } from './files/class-terms.js';
export { recordLines } from './files/record-lines.js';
export { type LoanLeftOut, projectableOf, type Projectable, USUALLY_LEFT_OUT } from './files/projectable.js';
export { tapeAgeSentence } from './files/tape-age.js';
export { type LoanLeft, type LoanPlace, type TapeLines, tapeLines } from './files/tape-lines.js';
export { knowsColumn, type Report, type ReportIndices, readReport, readReportTable } from './files/report-file.js';
export {
  closingState,
  cutOffPoolOf,
  type DealState,
  readState,
  type StateFile,
  writeState,
} from './files/state-file.js';
export { type FixingsByItem, readFixings } from './fixings/fixings-file.js';
export { type IndexDate, type IndexInputs, indexInputs } from './fixings/index-inputs.js';
export { type StateWord, stateWords, type WordUnit } from '@weir/waterfall';
export { type BreakEven, breakEven, breakEvenOfCollections } from './project/break-even.js';
export { callsOf } from './project/calls.js';
export { type CollateralFlows, flowsOfCollections, flowsOfLines } from './project/collateral-flows.js';
export { groupColumn, tableOfGroups } from './project/collateral-groups.js';
export { type CollateralTable, tableOfPool } from './project/collateral-table.js';
export { evaluateFormula, type ValueOf } from './project/evaluate.js';
export { type Feed, feedInputs } from './project/feed-inputs.js';
export { type Figure, figureNamed, type Figures, figuresOf } from './project/figures.js';
export * from './project/metrics.js';
export type { Bought } from './project/reinvest.js';
export { keepingComparisons } from './project/measured.js';
export { projectDeal, type ProjectDeal } from './project/project-deal.js';
export {
  type GroupedFlows,
  type GroupedLine,
  type GroupFlows,
  groupsOf,
  indicesOf,
  type ProjectedMonths,
  projectedMonths,
  projectGroups,
  projectSegments,
} from './project/project-groups.js';
export { POOL_COLUMNS, type PoolProjection, type PoolTotals, projectPlainPool } from './pool/pool-projection.js';
export * from './project/projected.js';
export type { PathFault } from './project/path-fault.js';
export { accrualBasis, indexOf, quotedFlows, quoteOf, securityFlows, settlementOf } from './project/security.js';
export { type PaidDate, payInputs, payReport, replay } from './replay/pay-date.js';
export { amendState, type Era, eraAt, replayEras, tableOfEra } from './replay/eras.js';
export { type ExactRun, figureOfRun } from './replay/run-figure.js';
export { readServicerTable, type ServicerTable } from './files/servicer-table.js';
export { type LineNames, readLineNames, renameLines } from './replay/line-names.js';
export { type LineTotal, type TieOut, tieOut, type Variance } from './replay/tie-out.js';
export { readTrustee, type TrusteeFigure } from './replay/trustee-file.js';
export { flowsWithOwned, type OwnedDeal, ownedBalance } from './underlying/owned-deals.js';
export { underlyingColumns } from './underlying/underlying-columns.js';
export { type AdjustedItem, type Adjustment, readAdjustmentFile, writeAdjustments } from './restate/adjustment.js';
export {
  reportHashOf,
  restate,
  type RestatedItem,
  type RestatedLine,
  type RestateRequest,
  type Restatement,
} from './restate/restate.js';
export { type CsvRow, type CsvTable, readCsv, writeCsv } from './text/csv.js';
export { readUnit, SLOT_SCALE, writeUnit } from './text/unit-text.js';
