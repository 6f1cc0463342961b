export { type DealSet, dealOutcome, projectedDates } from './deal-outcome.js';
export * from './errors.js';
export {
  MOST_SCENARIOS,
  type MonteCarlo,
  planScenarios,
  type ScenarioGrid,
  type ScenarioPlan,
  type ScenarioSet,
} from './plan.js';
export {
  mergeShards,
  type Outcome,
  runShard,
  type SetResult,
  type Shard,
  type ShardResult,
  shardsOf,
  type ShardWatch,
} from './shards.js';
export { stressedScenario, type Stress, UNSTRESSED } from './stress.js';
export { type FigureSummary, percentile, summarise } from './summary.js';
