export {
  balanceOf,
  collateralBalance,
  type CollateralData,
  type DealData,
  knownNames,
  linesOf,
  namesKnownTo,
  type OwnedDealData,
} from './deal-data.js';
export { type DealSet, dealOutcome, projectedDates } from './deal-outcome.js';
export * from './errors.js';
export { parseScenarioSet } from './parse-set.js';
export {
  MOST_SCENARIOS,
  type MonteCarlo,
  planScenarios,
  type ScenarioGrid,
  type ScenarioPlan,
  type ScenarioSet,
  setFaults,
} from './plan.js';
export {
  mergeShards,
  type Outcome,
  runShard,
  type SetResult,
  type Shard,
  type ShardResult,
  shardSize,
  shardsOf,
  type ShardWatch,
} from './shards.js';
export { figureUnit, type FigureUnit, SET_FILES, type SetFile, setFiles } from './set-files.js';
export { type OpenedSet, openSet, type SetRequest, tryScenarios } from './set-request.js';
export { collateralFaults } from './varied.js';
export { stressedScenario, UNSTRESSED } from '../scenario/stress.js';
export { type FigureSummary, percentile, summarise } from './summary.js';
