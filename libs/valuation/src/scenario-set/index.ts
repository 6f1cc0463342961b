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
export { balanceOf, knownToSets, type OpenedSet, openSet, type SetRequest, tryScenarios } from './set-request.js';
export { stressedScenario, type Stress, UNSTRESSED } from './stress.js';
export { type FigureSummary, percentile, summarise } from './summary.js';
