import type { Deal } from '@weir/deal';
import {
  type BreakEven,
  type CollateralTable,
  type IndexInputs,
  projectDeal,
  type Scenario,
  type ScenarioRun,
  trancheDecrements,
  trancheMetrics,
  type TrancheMetrics,
  trancheTables,
  type TrancheTables,
} from '@weir/valuation';
import { type CompiledDeal, compileProjection } from '@weir/waterfall';
import type { Collateral } from '../loading/collateral.js';
import type { DealInHand } from '../loading/state.js';

/** A scenario's projection with its collateral, what was bought included, which a call does not shorten. */
export interface ProjectedRun extends ScenarioRun {
  readonly collateral: CollateralTable;
}

/** All that `weir project` shows. */
export interface Outcome {
  readonly deal: Deal;
  readonly compiled: CompiledDeal;
  readonly firstPeriod: number;
  readonly note: string;
  /** Loans of a tape that cannot be projected. */
  readonly leftOut: Collateral['leftOut'];
  readonly runs: readonly ProjectedRun[];
  /** By scenario, then class; exchangeable classes stand last. */
  readonly metrics: readonly (readonly TrancheMetrics[])[];
  readonly tables: readonly TrancheTables[];
  readonly decrements: readonly { readonly name: string; readonly table: ReturnType<typeof trancheDecrements> }[];
  readonly breakEvens: readonly { readonly scenario: string; readonly result: BreakEven }[];
}

/** How a deal is projected. */
export interface HowProjected {
  readonly assumeZero: boolean;
  readonly indices: IndexInputs;
  /** By the exact executor, which also keeps what each step paid. */
  readonly exact: boolean;
}

/** Projects a deal under each scenario, and to maturity too where a call was exercised. */
export function projectAll(
  { deal, compiled, state }: DealInHand,
  collateral: Collateral,
  scenarios: readonly Scenario[],
  how: HowProjected,
): ProjectedRun[] {
  const projection = compileProjection(compiled.program);
  return scenarios.map((scenario) => {
    const flows = collateral.table(compiled, scenario, state.period + 1);
    const request = { deal, compiled, projection, flows, scenario, state, comparisons: true, ...how };
    const projected = projectDeal(request);
    const toMaturity = projected.called ? projectDeal({ ...request, toMaturity: true }) : null;
    return { name: scenario.name, projection: projected, toMaturity, collateral: (toMaturity ?? projected).collateral };
  });
}

/** Figures of the runs. */
export function outcomeOf(
  { deal, compiled, state }: DealInHand,
  { note, leftOut }: Pick<Collateral, 'note' | 'leftOut'>,
  runs: readonly ProjectedRun[],
  breakEvens: Outcome['breakEvens'],
): Outcome {
  const names = compiled.tranches.map(({ name }) => name);
  return {
    deal,
    compiled,
    firstPeriod: state.period + 1,
    note,
    leftOut,
    runs,
    metrics: runs.map(({ projection }) =>
      [...projection.tranches, ...projection.combinations].map((tranche) => trancheMetrics(deal, projection, tranche)),
    ),
    tables: [...names, ...compiled.combinations.map(({ name }) => name)].map((name) => trancheTables(deal, runs, name)),
    decrements: names.map((name) => ({ name, table: trancheDecrements(deal, runs, name) })),
    breakEvens,
  };
}
